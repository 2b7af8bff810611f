"""Cleaners, one a column."""
