import io

from rich.console import Console
from rich.table import Table
from rich.text import Text


def handler(event, context):
    table = Table("sku", "stock", title="Stock")
    for sku, stock in event["stock"].items():
        table.add_row(sku, Text(str(stock), style="red" if stock < 5 else "green"))
    console = Console(file=io.StringIO(), width=40, color_system="truecolor", force_terminal=True)
    console.print(table)
    return {"text": console.file.getvalue()}
