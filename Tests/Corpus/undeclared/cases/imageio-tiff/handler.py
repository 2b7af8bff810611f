import imageio.v3 as iio
import numpy as np


def handler(event, context):
    ramp = np.linspace(0, 1, event["n"] ** 2, dtype=np.float32).reshape(event["n"], -1)
    data = iio.imwrite("<bytes>", ramp, extension=".tif", plugin="tifffile")
    back = iio.imread(data, plugin="tifffile")
    return {"shape": list(back.shape), "type": str(back.dtype), "max": float(back.max())}
