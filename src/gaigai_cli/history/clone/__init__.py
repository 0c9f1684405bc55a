"""One's own clone: setting it up, and keeping it in step with the others."""
