import json

import petl as etl


def summarise(folder, data, rates):
    rates = json.loads(rates.read_text())
    old = etl.fromcsv(str(folder / "2022.csv")).convert("amount", float)
    xml = etl.fromxml(str(folder / "2023.xml"), "order", {"order": (".", "id"), "amount": "amount", "currency": "currency"}).convert({"amount": float})
    sheet = etl.fromxlsx(str(data / "suppliers.xlsx"), sheet="suppliers")
    both = (
        etl.cat(old, xml)
        .addfield("chf", lambda row: round(row.amount * rates[row.currency], 2))
        .sub("order", r"^O-?", "")
        .sort(["currency", "order"])
    )
    totals = etl.aggregate(both, "currency", {"n": len, "chf": ("chf", sum), "largest": ("amount", max)})
    pivoted = etl.pivot(both.addfield("size", lambda r: "big" if r.amount > 50 else "small"), "currency", "size", "chf", sum)
    memory = etl.MemorySource()
    both.tojson(memory)
    return {
        "rows": list(both.dicts()), "totals": list(totals.data()), "pivot": list(map(list, pivoted)),
        "joined": list(etl.leftjoin(etl.fromcsv(str(data / "orders.csv")), sheet, key="supplier").cut("id", "supplier", "city").head(3).data()),
        "look": str(etl.lookstr(totals)).splitlines()[:2], "text": etl.fromtext(str(data / "notes.txt")).capture("lines", r"(\w+): (\d+)", ["k", "v"]).listoflists(),
        "bytes": len(memory.getvalue()) > 10, "stats": etl.stats(both, "chf")._asdict(), "problems": list(etl.validate(both, constraints=[{"name": "pos", "field": "amount", "assertion": lambda v: v > 20}]).data()),
    }
