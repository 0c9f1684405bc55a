"""What a range of commits must not do, and what it did."""
