"""Arrow tables: computed, written as Parquet, Feather and CSV, read as a dataset."""

import io
import os
import tempfile

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.dataset as ds
import pyarrow.feather
import pyarrow.parquet as pq


def handler(event, context):
    table = pa.table(event)
    table = table.append_column("total", pc.multiply(table["n"], table["price"]))
    with tempfile.TemporaryDirectory() as folder:
        pq.write_to_dataset(table, folder, partition_cols=["name"], compression="zstd")
        data = ds.dataset(folder, partitioning="hive", format="parquet")
        rows = data.to_table(filter=ds.field("n") > 1).sort_by("name").to_pylist()
        path = os.path.join(folder, "t.feather")
        pyarrow.feather.write_feather(table, path, compression="lz4")
        feather = pyarrow.feather.read_table(path).num_rows
    text = io.BytesIO()
    pyarrow.csv.write_csv(table.select(["name", "n"]), text)
    grouped = table.group_by("name").aggregate([("total", "sum")]).sort_by("name").to_pydict()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return {"rows": rows, "feather": feather, "csv": text.getvalue().decode(), "grouped": grouped,
            "upper": pc.utf8_upper(table["name"]).to_pylist(),
            "ipc": pa.ipc.open_stream(sink.getvalue()).read_all().equals(table)}
