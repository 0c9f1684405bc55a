"""Programs that make files of the project; nothing here is installed."""
