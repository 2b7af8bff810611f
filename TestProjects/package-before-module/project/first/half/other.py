"""A folder without `__init__.py` in the first root: a regular package in the second wins."""
