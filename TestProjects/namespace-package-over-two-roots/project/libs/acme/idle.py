"""In the namespace, but nobody asks for it."""
