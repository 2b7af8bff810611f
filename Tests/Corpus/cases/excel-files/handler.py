"""Excel files: one library writes, the other reads and changes."""

import datetime
import io
import zipfile

import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter


def handler(event, context):
    first = io.BytesIO()
    with xlsxwriter.Workbook(first, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sales")
        bold = book.add_format({"bold": True, "num_format": "0.00"})
        for row, (name, value) in enumerate(event["rows"]):
            sheet.write(row, 0, name)
            sheet.write(row, 1, value, bold)
        sheet.write_formula(len(event["rows"]), 1, "=SUM(B1:B2)", None, 5)
        sheet.write_datetime(0, 3, datetime.datetime(2026, 1, 2), book.add_format({"num_format": "yyyy-mm-dd"}))
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Sales!$B$1:$B$2"})
        sheet.insert_chart("F2", chart)
    first.seek(0)
    loaded = load_workbook(first)
    sheet = loaded["Sales"]
    sheet["A1"].font = Font(italic=True)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2))
    sheet.add_chart(chart, "H1")
    second = io.BytesIO()
    loaded.save(second)
    again = load_workbook(second, read_only=True)
    streamed = Workbook(write_only=True)
    streamed.create_sheet("x").append([1, "a"])
    streamed.save(io.BytesIO())
    return {
        "values": [[str(c.value) for c in row] for row in again["Sales"].iter_rows(max_col=4)],
        "column": get_column_letter(28),
        "parts": sorted(n for n in zipfile.ZipFile(second).namelist() if "chart" in n),
    }
