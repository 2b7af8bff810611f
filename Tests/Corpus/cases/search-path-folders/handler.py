import os
import site
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "third_party"))
site.addsitedir(os.path.join(HERE, "extras"))

import geometry  # noqa: E402
import loose  # noqa: E402
from units.length import metres  # noqa: E402

def handler(event, context):
    return {"area": geometry.area(event["x"]), "m": metres(event["x"]), "loose": loose.NAME}
