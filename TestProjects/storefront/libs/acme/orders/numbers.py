from hashlib import blake2s


def order_number(*parts: str) -> str:
    """The same order, the same number: placing it twice is harmless."""
    return "A-" + blake2s("\n".join(parts).encode(), digest_size=5).hexdigest().upper()
