import pycaption

WRITERS = {"webvtt": "WebVTTWriter", "dfxp": "DFXPWriter", "sami": "SAMIWriter", "srt": "SRTWriter"}


def convert(content, targets):
    reader = pycaption.detect_format(content)
    if reader is None:
        return {"error": "unknown captions"}
    captions = reader().read(content)
    written = {}
    for target in targets:
        writer = getattr(pycaption, WRITERS[target])()
        written[target] = writer.write(captions).splitlines()
    return {"reader": reader.__name__, "languages": captions.get_languages(), "written": written}
