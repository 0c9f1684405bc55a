"""Commands that ask: what is due, whose it is, how it stands."""
