import base64
import io
import zipfile

import pandas as pd


def handler(event, context):
    frame = pd.DataFrame(event["rows"])
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer) as writer:
        frame.to_excel(writer, sheet_name="Rows", index=False)
        frame.describe().to_excel(writer, sheet_name="Summary")
    body = base64.b64encode(buffer.getvalue())
    with zipfile.ZipFile(buffer) as book:
        sheets = sorted(n for n in book.namelist() if n.startswith("xl/worksheets/sheet"))
    return {"statusCode": 200, "isBase64Encoded": True, "sheets": sheets, "empty": len(body) == 0}
