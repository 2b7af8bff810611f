import one, two as deux; import three
from pack import (
    four,
    five as cinq,  # a comment, and a trailing comma
)
from pack \
    import six
from starred import *
if True: import seven
class Holder:
    import eight


def handler(event, context):
    import lazily.deep.er
    text = """
import not_this_one
"""
    return f"{__import__('inside').NAME}", text


async def later():
    from pack import nine
