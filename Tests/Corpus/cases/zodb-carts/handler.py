"""A cart store whose database the team's ZConfig file describes."""
from pathlib import Path

import transaction
import ZODB.config
from BTrees.OOBTree import OOBTree
from persistent import Persistent


class Cart(Persistent):
    def __init__(self, items):
        self.items = items


def handler(event, context):
    database = ZODB.config.databaseFromURL((Path(__file__).parent / "zodb.conf").as_uri())
    with database.transaction() as connection:
        connection.root.carts = OOBTree()
        connection.root.carts["a"] = Cart(event["items"])
    connection = database.open()
    carts = connection.root()["carts"]
    carts["a"].items = carts["a"].items + ["mug"]
    transaction.commit()
    size = connection.db().objectCount()
    storage = type(database.storage).__name__
    base = type(getattr(database.storage, "base", None)).__name__
    kept = {k: v.items for k, v in carts.items()}
    connection.close()
    return {"kept": kept, "size": size, "storage": storage, "base": base}
