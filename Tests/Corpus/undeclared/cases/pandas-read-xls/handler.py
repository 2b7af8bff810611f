import base64
import io
from pathlib import Path

import pandas as pd


def handler(event, context):
    content = base64.b64decode(Path(__file__).with_name("ledger.b64").read_bytes())
    ledger = pd.read_excel(io.BytesIO(content), engine="xlrd")
    return {"balance": float(ledger["amount"].sum()), "accounts": ledger["account"].tolist()}
