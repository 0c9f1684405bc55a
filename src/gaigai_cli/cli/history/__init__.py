"""Commands about commits: reading changes, working together."""
