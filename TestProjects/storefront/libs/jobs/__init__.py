"""What runs without anybody asking."""
