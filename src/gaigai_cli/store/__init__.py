"""A directory of files and the ledger that it makes."""
