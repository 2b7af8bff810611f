import re
import tempfile
import zipfile
import io
from pathlib import Path


def findings(name, content, password):
    from oletools import msodde, oleobj

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "attachment"
        file.write_bytes(content)
        for field in msodde.process_file(str(file), msodde.FIELD_FILTER_BLACKLIST).splitlines():
            yield 5, f"field {field.strip()[:80]}"
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        for member in sorted(opened.namelist()):
            if member.endswith(".rels"):
                for target in re.findall(rb'Target="(https?://[^"]+)"[^>]*TargetMode="External"', opened.read(member)):
                    yield 3, f"link {target.decode()}"
    yield 0, f"relationships known: {len(oleobj.BLACKLISTED_RELATIONSHIP_TYPES)}"
