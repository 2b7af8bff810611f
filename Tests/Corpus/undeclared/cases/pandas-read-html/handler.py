import io

import pandas as pd


def handler(event, context):
    tables = pd.read_html(io.StringIO(event["page"]), match="Rate", header=0)
    rates = tables[0].set_index("Currency")["Rate"]
    return {"count": len(tables), "rates": rates.to_dict()}
