"""An issued notice read into a draft of a data directory, everything doubtful listed with its place."""
