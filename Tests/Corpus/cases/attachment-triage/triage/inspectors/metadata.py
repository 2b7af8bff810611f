import io

import olefile


def findings(name, content, password):
    with olefile.OleFileIO(io.BytesIO(content)) as ole:
        meta = ole.get_metadata()
        yield 0, f"streams {sorted('/'.join(p) for p in ole.listdir())[:4]}"
        if meta.creating_application:
            yield 0, f"made by {meta.creating_application.decode('latin-1')}"
