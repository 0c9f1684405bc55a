"""Measurements of speed and memory; ``python bench/run.py`` prints them."""
