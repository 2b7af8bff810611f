from store.money import total
import tally


def handler(event, context):
    return tally.add(total(event))
