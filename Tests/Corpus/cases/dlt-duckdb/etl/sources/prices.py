import csv

import dlt


@dlt.source(name="prices")
def source(file):
    contract = {"columns": "freeze", "data_type": "freeze"} if "strict" in file.stem else {"columns": "evolve"}

    @dlt.resource(name="prices", write_disposition="replace", schema_contract=contract)
    def prices():
        with file.open(newline="") as rows:
            for row in csv.DictReader(rows):
                row["price"] = float(row["price"])
                yield row

    return prices
