"""Pages for a terminal, one module a command or what several commands show."""
