"""Messages to customers: rendered from templates, sent through one of `notify.senders`."""

from importlib import import_module

from .render import render

__all__ = ["render", "send"]


def send(channel: str, to: str, subject: str, text: str) -> str:
    """`channel` is the name of a module in `notify.senders`."""
    return import_module(f"notify.senders.{channel}").send(to, subject, text)
