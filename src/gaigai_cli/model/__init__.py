"""Frozen records, units and deadlines, the grammars of their cells, the calendar of working days, findings."""
