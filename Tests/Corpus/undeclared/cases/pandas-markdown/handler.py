import pandas as pd


def handler(event, context):
    frame = pd.DataFrame(event["builds"]).set_index("branch")
    slow = frame[frame["minutes"] > 5].sort_values("minutes", ascending=False)
    return {"comment": "### Slow builds\n\n" + slow.to_markdown(floatfmt=".1f")}
