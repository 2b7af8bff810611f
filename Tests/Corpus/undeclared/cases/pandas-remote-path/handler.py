import pandas as pd

STORE = "memory://reports"


def handler(event, context):
    pd.DataFrame(event["rows"]).to_csv(f"{STORE}/today.csv", index=False)
    back = pd.read_csv(f"{STORE}/today.csv")
    return {"columns": list(back.columns), "sum": int(back["n"].sum())}
