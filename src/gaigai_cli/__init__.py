"""gaigai: the year's list of rectification tasks, its progress and its monthly bulletin, kept as plain files."""

__version__ = "0.1.0"
