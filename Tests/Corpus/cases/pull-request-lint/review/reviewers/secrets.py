import tempfile
from pathlib import Path

from detect_secrets import SecretsCollection
from detect_secrets.settings import transient_settings


def review(content, plugins, ignore=()):
    filters = [
        {"path": "detect_secrets.filters.heuristic.is_sequential_string"},
        {"path": "detect_secrets.filters.heuristic.is_potential_uuid"},
        {"path": "detect_secrets.filters.allowlist.is_line_allowlisted"},
    ]
    found = SecretsCollection()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scanned.py"
        file.write_text(content)
        with transient_settings({"plugins_used": plugins, "filters_used": filters}):
            found.scan_file(str(file))
    for _, secret in found:
        if secret.type not in ignore:
            yield secret.line_number, f"{secret.type} {secret.secret_hash[:8]}"
