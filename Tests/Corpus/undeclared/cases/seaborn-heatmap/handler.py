import io

import matplotlib

matplotlib.use("svg")
import seaborn as sns  # noqa: E402


def handler(event, context):
    axes = sns.heatmap(event["matrix"], annot=True, cbar=False)
    out = io.BytesIO()
    axes.figure.savefig(out, format="svg")
    return {"svg": b"<svg" in out.getvalue(), "texts": [t.get_text() for t in axes.texts]}
