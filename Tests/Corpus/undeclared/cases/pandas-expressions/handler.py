import pandas as pd


def handler(event, context):
    frame = pd.DataFrame(event["rows"])
    picked = frame.query("price < 20 and stock > 0").eval("worth = price * stock")
    return {
        "worth": float(picked["worth"].sum()),
        "mean": float(picked["price"].mean()),
        "median": float(frame["price"].median()),
    }
