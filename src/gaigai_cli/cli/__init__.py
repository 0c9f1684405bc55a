"""The command line: parses, calls, prints, exits. The only place that reads the clock and the environment."""
