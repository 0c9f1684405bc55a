"""Numbers in the words of an item: indicators to propose."""
