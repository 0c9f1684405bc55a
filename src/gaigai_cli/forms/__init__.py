"""A unit's form out, and what it filled in back as intentions."""
