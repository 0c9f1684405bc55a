"""The portable folder for Windows, and the files that only it has."""
