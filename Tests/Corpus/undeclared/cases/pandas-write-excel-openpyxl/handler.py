import io

import pandas as pd

COLUMNS = ["sku", "stock"]


def export(rows):
    frame = pd.DataFrame(rows, columns=COLUMNS).sort_values("sku")
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="openpyxl") as writer:
        frame.to_excel(writer, sheet_name="Stock", index=False)
        sheet = writer.sheets["Stock"]
        sheet.column_dimensions["A"].width = 24
        sheet.freeze_panes = "A2"
        return {"cells": [[c.value for c in row] for row in sheet.iter_rows()]}


def handler(event, context):
    return export(event["rows"])
