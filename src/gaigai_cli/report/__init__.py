"""The bulletin and the internal paper as values, free of layout."""
