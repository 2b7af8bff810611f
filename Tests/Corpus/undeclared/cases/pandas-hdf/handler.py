import os
import tempfile

import pandas as pd


def handler(event, context):
    readings = pd.DataFrame({"t": range(len(event["values"])), "value": event["values"]})
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "readings.h5")
        readings.to_hdf(path, key="sensor", mode="w", format="table", data_columns=True)
        high = pd.read_hdf(path, "sensor", where=f"value > {event['threshold']}")
    return {"high": high["t"].tolist()}
