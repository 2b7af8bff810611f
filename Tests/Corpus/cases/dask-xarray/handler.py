"""Delayed work and labelled arrays; back ends and engines are found by entry points."""

import os
import tempfile

import dask
import dask.array as da
import dask.dataframe as dd
import h5py
import numpy as np
import pandas as pd
import xarray as xr


@dask.delayed
def double(x):
    return 2 * x


def handler(event, context):
    dask.config.set(scheduler="synchronous")
    array = da.ones((100, 100), chunks=(50, 50))
    frame = dd.from_pandas(pd.DataFrame({"a": [1, 2, 3, 4], "b": ["x", "y", "x", "y"]}), npartitions=2)
    data = xr.Dataset({"t": (("time", "place"), np.arange(6.0).reshape(3, 2))},
                      coords={"time": pd.date_range("2026-01-01", periods=3), "place": ["a", "b"]})
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "t.nc")
        data.to_netcdf(path, engine="netcdf4")
        with xr.open_dataset(path) as opened:
            mean = opened.t.mean("time").values.tolist()
        with h5py.File(path) as file:
            keys = sorted(file)
    return {"sum": float(array.sum().compute()), "delayed": dask.compute(*[double(x) for x in event["xs"]]),
            "grouped": frame.groupby("b").a.sum().compute().sort_index().to_dict(), "mean": mean, "keys": keys,
            "month": data.t.resample(time="ME").sum().values.tolist(), "engines": sorted(e for e in xr.backends.list_engines() if e in ("netcdf4", "store"))}
