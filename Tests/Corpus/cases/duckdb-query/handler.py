"""SQL on files, in process."""

import os
import tempfile

import duckdb


def handler(event, context):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "sales.csv")
        with open(path, "w") as file:
            file.write("day,amount\n" + "\n".join(f"{d},{a}" for d, a in event["sales"]))
        connection = duckdb.connect()
        connection.sql(f"copy (from '{path}') to '{folder}/sales.parquet' (format parquet)")
        relation = connection.sql(
            f"select day, sum(amount) as total from '{folder}/sales.parquet' group by day order by day"
        )
        rows = [[str(day), float(total)] for day, total in relation.fetchall()]
        doubled = connection.execute("select 2 * ?, json_extract('{\"a\": 5}', '$.a')", [21]).fetchone()
    return {"rows": rows, "types": [str(t) for t in relation.types], "doubled": [doubled[0], str(doubled[1])]}
