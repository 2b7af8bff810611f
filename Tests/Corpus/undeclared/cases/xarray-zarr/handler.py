import os
import tempfile

import xarray as xr


def handler(event, context):
    cube = xr.Dataset({"rain": (("day", "cell"), event["rain"])})
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "rain.zarr")
        cube.to_zarr(store, mode="w", consolidated=False)
        again = xr.open_zarr(store, consolidated=False, chunks=None)
        return {"total": float(again["rain"].sum()), "sizes": dict(again.sizes)}
