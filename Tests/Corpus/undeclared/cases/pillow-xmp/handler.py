import io

from PIL import Image

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rating="5"/></rdf:RDF></x:xmpmeta>'
)


def handler(event, context):
    out = io.BytesIO()
    Image.new("L", (4, 4), event["grey"]).save(out, format="WEBP", xmp=XMP)
    with Image.open(io.BytesIO(out.getvalue())) as image:
        description = image.getxmp()["xmpmeta"]["RDF"]["Description"]
    return {"rating": description["rating"]}
