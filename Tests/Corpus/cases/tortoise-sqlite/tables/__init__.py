"""Models, found by name."""
