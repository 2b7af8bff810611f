import io

from matplotlib.figure import Figure


def handler(event, context):
    figure = Figure(figsize=(3, 2))
    axes = figure.add_subplot()
    axes.bar(event["labels"], event["values"])
    out = io.BytesIO()
    figure.savefig(out, format="pdf", metadata={"CreationDate": None})
    return {"pdf": out.getvalue()[:5].decode(), "bars": len(axes.patches)}
