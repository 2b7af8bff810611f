from pathlib import Path

import notes

SHARE = Path(__file__).parent / "share"


def handler(event, context):
    return notes.titles(SHARE)
