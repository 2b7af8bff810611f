import pyarrow as pa
from deltalake import DeltaTable, QueryBuilder, write_deltalake


def run(folder, readings, changes):
    path = f"{folder}/delta"
    write_deltalake(path, readings, partition_by=["site"], configuration={"delta.enableChangeDataFeed": "true"})
    table = DeltaTable(path)
    changed = pa.Table.from_pylist(changes["upsert"], schema=readings.schema)
    merged = table.merge(changed, "t.id = s.id", source_alias="s", target_alias="t").when_matched_update_all().when_not_matched_insert_all().execute()
    deleted = table.delete(changes["delete"])
    answer = QueryBuilder().register("r", table).execute("SELECT site, count(*) AS n, sum(value) AS total FROM r GROUP BY site ORDER BY site")
    rows = pa.table(answer.read_all() if hasattr(answer, "read_all") else answer).to_pylist()
    table.optimize.compact()
    table.alter.add_constraint({"positive": "value >= 0"})
    old = DeltaTable(path, version=0)
    return {
        "merged": [merged["num_target_rows_updated"], merged["num_target_rows_inserted"]],
        "deleted": deleted["num_deleted_rows"],
        "rows": rows,
        "before": old.to_pyarrow_table().num_rows,
        "operations": [entry["operation"] for entry in table.history()],
        "partitions": sorted(p["site"] for p in table.partitions()),
        "schema": [field.name for field in table.schema().fields],
        "changes": sorted(set(pa.table(table.load_cdf(starting_version=0, ending_version=2).read_all()).column("_change_type").to_pylist())),
    }
