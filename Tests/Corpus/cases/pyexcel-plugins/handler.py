"""pyexcel: each format is a plug-in of its own, found by the names of installed modules."""

import io

import pyexcel
from pyexcel.internal import RENDERER


def handler(event, context):
    rows = event["rows"]
    out = {}
    for kind in event["kinds"]:
        stream = pyexcel.save_as(array=rows, dest_file_type=kind)
        back = pyexcel.get_array(file_type=kind, file_content=stream.getvalue())
        out[kind] = [[float(c) if isinstance(c, (int, float)) else c for c in row] for row in back]
    book = pyexcel.Book({"a": rows, "b": [[1]]})
    stream = book.save_to_memory("xlsx")
    names = pyexcel.get_book(file_type="xlsx", file_content=stream.getvalue()).sheet_names()
    sheet = pyexcel.Sheet(rows, name_columns_by_row=0)
    return {
        "back": out, "names": names, "column": list(sheet.column["name"]), "text": str(sheet).splitlines()[1],
        "records": [dict(r) for r in pyexcel.iget_records(array=rows)], "renderer": type(RENDERER).__name__,
        "csv": pyexcel.get_sheet(file_stream=io.StringIO("a;b\n1;2\n"), file_type="csv", delimiter=";").to_array(),
    }
