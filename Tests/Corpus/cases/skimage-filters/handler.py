"""scikit-image: functions behind a lazy loader that reads its stub files."""

import numpy as np
import skimage
from skimage import color, data, draw, exposure, feature, filters, measure, morphology, segmentation, transform


def handler(event, context):
    picture = np.zeros((60, 60))
    rows, columns = draw.disk((20, 20), event["radius"])
    picture[rows, columns] = 1
    picture[45:55, 40:50] = 0.8
    mask = picture > filters.threshold_otsu(picture)
    labels = measure.label(mask)
    regions = measure.regionprops(labels)
    grey = color.rgb2gray(np.dstack([picture] * 3))
    return {
        "regions": [[int(r.area), [round(float(c)) for c in r.centroid]] for r in regions],
        "edges": int(feature.canny(picture, sigma=1).sum() > 0), "closed": int(morphology.closing(mask).sum()),
        "size": list(transform.resize(picture, (30, 20)).shape), "grey": float(grey.max()),
        "equal": round(float(exposure.equalize_hist(picture).max()), 2), "segments": int(segmentation.clear_border(labels).max()),
        "camera": list(data.camera().shape), "lazy": sorted(n for n in dir(skimage) if n in ("io", "filters", "graph")),
    }
