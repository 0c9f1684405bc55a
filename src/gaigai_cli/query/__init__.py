"""Choosing among judged items, and looking back at what their records say."""
