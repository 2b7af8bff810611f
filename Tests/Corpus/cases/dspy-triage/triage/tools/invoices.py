import sqlite3
from pathlib import Path


def find_invoice(number: int) -> str:
    """Finds an invoice by its number."""
    path = Path(__file__).resolve().parents[2] / "data" / "invoices.sqlite3"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        row = db.execute("select customer, amount from invoice where number = ?", (number,)).fetchone()
    return f"{row[0]} owes {row[1]:.2f}" if row else "no such invoice"
