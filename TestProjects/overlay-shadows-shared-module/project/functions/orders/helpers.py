"""Beside the handler: in front of the one in `libs`, for this function alone."""

NAME = "orders"
