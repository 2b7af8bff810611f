import pandas as pd


def handler(event, context):
    series = pd.Series(event["values"], dtype="float64")
    smooth = series.interpolate(method="cubic")
    return [round(value, 4) for value in smooth]
