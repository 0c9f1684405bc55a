"""Readers of files: each makes a `Document` of lines and tables."""
