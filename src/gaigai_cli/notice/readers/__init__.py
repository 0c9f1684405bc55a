"""One reader a format: bytes to a document. A reader knows its format and nothing of what the words mean."""
