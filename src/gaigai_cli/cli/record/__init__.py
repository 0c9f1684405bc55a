"""Commands that record: what units say, what the office rules."""
