"""The packaged Word template of the bulletin, laid out as GB/T 9704-2012 asks."""
