import pandas as pd


def handler(event, context):
    names = pd.Series(event["names"], dtype="string[pyarrow]")
    tidy = names.str.strip().str.title()
    return {"names": tidy.dropna().tolist(), "missing": int(tidy.isna().sum()), "dtype": str(tidy.dtype)}
