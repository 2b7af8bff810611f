import io

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


def handler(event, context):
    table = pa.Table.from_pylist(event["rows"])
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    back = pq.read_table(io.BytesIO(sink.getvalue()), filters=[("n", ">", 1)])
    return {"names": back["name"].to_pylist(), "sum": pc.sum(back["n"]).as_py()}
