import dask


@dask.delayed
def size(text):
    return len(text)


@dask.delayed
def add(parts):
    return sum(parts)


def handler(event, context):
    total = add([size(text) for text in event["texts"]])
    return {"total": total.compute(scheduler="threads", num_workers=2), "tasks": len(total.dask)}
