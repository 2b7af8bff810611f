from __future__ import annotations

import typing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frames import Frame
    import nowhere_to_be_found
else:
    import kept_in_else

if typing.TYPE_CHECKING:
    import more_types

if not TYPE_CHECKING:
    import kept_by_not

if TYPE_CHECKING or True:
    import kept_by_or


def handler(event: Frame, context) -> more_types.Reply:
    return event
