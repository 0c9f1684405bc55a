"""Two descendants made into one: logs record by record, all else as git does it."""
