from sklearn.preprocessing import MinMaxScaler

scaler = MinMaxScaler().set_output(transform="pandas")


def handler(event, context):
    scaled = scaler.fit_transform(event["rows"])
    return {"kind": type(scaled).__name__, "columns": list(scaled.columns), "last": scaled.iloc[-1].tolist()}
