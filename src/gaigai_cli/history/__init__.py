"""What git knows: the data directory as a commit had it."""
