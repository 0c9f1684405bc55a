"""The Chinese of days, deadlines, unit cells and quantities, both ways: pure, and by tables over normalised text."""
