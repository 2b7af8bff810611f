import io

import pandas as pd


def handler(event, context):
    feed = pd.read_xml(io.StringIO(event["xml"]), xpath=".//item", parser="etree")
    feed = feed[feed["price"] < 10]
    return feed.to_dict(orient="records")
