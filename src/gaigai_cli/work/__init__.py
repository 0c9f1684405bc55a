"""What is done with a list, each a transaction: no terminal, no command line, no environment."""
