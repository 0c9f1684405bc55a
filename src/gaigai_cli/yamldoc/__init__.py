"""Strict YAML whose every node knows its line and column. Knows nothing of what the words mean."""
