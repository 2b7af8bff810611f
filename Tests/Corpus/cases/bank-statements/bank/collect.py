import datetime
from pathlib import Path
import tomllib

CONFIG = tomllib.loads((Path(__file__).parent / "creditor.toml").read_text())


def debit_order(invoices, date):
    from sepaxml import SepaDD

    order = SepaDD(dict(CONFIG["creditor"]), schema=CONFIG["schema"], clean=True)
    for invoice in invoices:
        order.add_payment({
            "name": invoice["name"], "IBAN": invoice["iban"], "BIC": invoice["bic"],
            "amount": invoice["cents"], "type": "RCUR",
            "collection_date": datetime.date.fromisoformat(date),
            "mandate_id": f"M-{invoice['number']}", "mandate_date": datetime.date(2025, 1, 2),
            "description": f"Invoice {invoice['number']}", "endtoend_id": invoice["number"],
        })
    return order.export(validate=True)
