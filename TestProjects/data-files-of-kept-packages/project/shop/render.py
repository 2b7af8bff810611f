from pathlib import Path

TEMPLATE = (Path(__file__).parent / "templates" / "base.html").read_text()
