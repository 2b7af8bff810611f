from pathlib import Path

import pyarrow as pa
from pyiceberg.catalog import load_catalog
from pyiceberg.expressions import And, EqualTo, GreaterThanOrEqual
from pyiceberg.partitioning import PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.transforms import BucketTransform, DayTransform
from pyiceberg.types import DoubleType, LongType, NestedField, StringType, TimestampType


def run(folder, readings, changes):
    warehouse = Path(folder) / "iceberg"
    warehouse.mkdir()
    catalog = load_catalog("local", uri=f"sqlite:///{folder}/catalog.db", warehouse=f"file://{warehouse}")
    catalog.create_namespace("plant")
    schema = Schema(NestedField(1, "id", LongType(), required=False), NestedField(2, "site", StringType()), NestedField(3, "value", DoubleType()), NestedField(4, "at", TimestampType()))
    spec = PartitionSpec(PartitionField(4, 1000, DayTransform(), "day"), PartitionField(1, 1001, BucketTransform(4), "id_bucket"))
    table = catalog.create_table("plant.readings", schema, partition_spec=spec, properties={"write.parquet.compression-codec": "zstd"})
    rows = readings.set_column(3, "at", readings["at"].cast(pa.timestamp("us")))
    table.append(rows)
    with table.update_schema() as update:
        update.add_column("unit", StringType(), doc="since v2")
        update.rename_column("value", "reading")
    table.delete(EqualTo("site", "east"))
    scanned = table.scan(row_filter=And(GreaterThanOrEqual("reading", 2.0), EqualTo("site", "north")), selected_fields=("id", "reading", "unit"))
    again = catalog.load_table("plant.readings")
    files = again.inspect.files()
    return {
        "found": scanned.to_arrow().sort_by("id").to_pylist(),
        "text": again.scan("reading > 1 and site in ('south', 'north')").to_arrow().num_rows,
        "operations": [snapshot.summary.operation.value for snapshot in again.snapshots()],
        "partitions": sorted(str(one) for one in again.inspect.partitions().column("partition").to_pylist()),
        "files": files.num_rows > 0,
        "schema": [str(field) for field in again.schema().fields],
        "tables": catalog.list_tables("plant"),
        "formats": str(again.format_version),
    }
