"""Arrays in chunks with codecs by name (Zarr), tables in Parquet without Arrow (fastparquet)."""

import tempfile
from pathlib import Path

import fastparquet
import numcodecs
import numpy as np
import pandas as pd
import zarr
from zarr.storage import MemoryStore, ZipStore


def handler(event, context):
    folder = Path(tempfile.mkdtemp())
    frame = pd.DataFrame({"id": range(6), "name": list("ababab"), "at": pd.date_range("2026-01-01", periods=6), "v": np.linspace(0, 1, 6)})
    sizes = {}
    for codec in event["codecs"]:
        path = str(folder / f"{codec}.parquet")
        fastparquet.write(path, frame, compression=codec, row_group_offsets=[0, 3])
        back = fastparquet.ParquetFile(path).to_pandas(filters=[("id", ">", 2)], row_filter=True)
        sizes[codec] = [len(back), round(float(back.v.sum()), 3), str(back["at"].dtype)[:10]]
    fastparquet.write(str(folder / "parts"), frame, file_scheme="hive", partition_on=["name"], compression="GZIP")
    parts = fastparquet.ParquetFile(str(folder / "parts"))
    group = zarr.create_group(store=MemoryStore(), zarr_format=3)
    made = group.create_array("a", shape=(100, 100), chunks=(10, 10), dtype="f4", compressors=zarr.codecs.BloscCodec(cname="zstd", clevel=3))
    made[:] = np.arange(10000, dtype="f4").reshape(100, 100)
    made.attrs["unit"] = "m"
    with ZipStore(str(folder / "a.zip"), mode="w") as store:
        old = zarr.create_array(store=store, shape=(20,), chunks=(5,), dtype="i4", zarr_format=2, compressors=numcodecs.Zlib(5), filters=[numcodecs.Delta(dtype="i4")])
        old[:] = np.arange(20)
    with ZipStore(str(folder / "a.zip"), mode="r") as store:
        opened = zarr.open_array(store)
        total = int(opened[:].sum())
    codec = numcodecs.get_codec({"id": "lz4", "acceleration": 1})
    return {
        "sizes": sizes, "parts": sorted(parts.cats["name"]), "columns": parts.columns, "mean": float(made[3:5, ::10].mean()), "unit": made.attrs["unit"],
        "codecs": [type(c).__name__ for c in made.metadata.codecs], "total": total, "lz4": codec.decode(codec.encode(b"tea" * 9)) == b"tea" * 9,
        "tree": [name for name, _ in group.members()], "frame": parts.to_pandas().shape,
    }
