"""What the records make of the list as of a day: states, lights, indicators, periods, and the checks."""
