import json
from pathlib import Path

FORMATS = json.loads((Path(__file__).parent / "formats.json").read_text())
