"""The first root wins."""
