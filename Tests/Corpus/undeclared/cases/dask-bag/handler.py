import dask
import dask.bag as db


def handler(event, context):
    words = db.from_sequence(event["words"], npartitions=2)
    with dask.config.set(scheduler="synchronous"):
        counts = dict(words.map(str.lower).frequencies().compute())
    return dict(sorted(counts.items()))
