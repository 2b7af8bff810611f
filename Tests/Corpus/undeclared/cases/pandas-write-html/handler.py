import pandas as pd


def handler(event, context):
    frame = pd.DataFrame(event["rows"]).rename(columns=str.title)
    page = frame.to_html(index=False, border=0, classes="report", escape=True)
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "text/html; charset=utf-8"},
        "body": page,
    }
