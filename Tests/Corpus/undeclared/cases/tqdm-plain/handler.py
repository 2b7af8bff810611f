import io

from tqdm.auto import tqdm


def handler(event, context):
    out = io.StringIO()
    total = 0
    for n in tqdm(event["numbers"], file=out, ascii=True, ncols=60, mininterval=0):
        total += n
    return {"total": total, "last": "100%" in out.getvalue()}
