import os
import tempfile

import xarray as xr

ENGINE = "netcdf4"


def handler(event, context):
    array = xr.DataArray(event["values"], dims="t", name="level")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "level.nc")
        array.to_netcdf(path, engine=ENGINE, format="NETCDF3_CLASSIC")
        with xr.open_dataarray(path, engine=ENGINE) as again:
            return {"max": float(again.max()), "dims": list(again.dims)}
