import imageio.v3 as iio
import numpy as np


def handler(event, context):
    frames = np.zeros((event["frames"], 8, 8, 3), dtype=np.uint8)
    frames[:, :, :, 0] = np.arange(event["frames"])[:, None, None] * 40
    data = iio.imwrite("<bytes>", frames, extension=".gif", duration=50)
    return {"header": data[:6].decode(), "frames": len(iio.imread(data, extension=".gif"))}
