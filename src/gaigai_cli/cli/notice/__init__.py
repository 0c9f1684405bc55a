"""Commands about whole lists: notices in, lists out, a new year."""
