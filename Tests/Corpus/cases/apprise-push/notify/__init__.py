from .dispatch import Dispatcher

__all__ = ["Dispatcher"]
