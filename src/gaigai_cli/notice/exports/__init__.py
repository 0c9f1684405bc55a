"""Lists that ``gaigai export`` wrote, read back."""
