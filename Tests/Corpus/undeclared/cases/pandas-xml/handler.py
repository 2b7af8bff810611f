import io

import pandas as pd


def handler(event, context):
    parts = pd.read_xml(io.StringIO(event["xml"]), xpath=".//part[@stock > 1]")
    return {"names": parts["name"].tolist(), "xml": parts.to_xml(index=False, xml_declaration=False)}
