"""What commits changed, in words."""
