import base64
import io

from PIL import Image, ImageDraw, ImageOps


def handler(event, context):
    image = Image.new("RGB", tuple(event["size"]), "navy")
    ImageDraw.Draw(image).rectangle((2, 2, 10, 10), fill="gold")
    small = ImageOps.contain(image, (16, 16))
    out = io.BytesIO()
    small.save(out, format="PNG")
    back = Image.open(io.BytesIO(base64.b64decode(base64.b64encode(out.getvalue()))))
    return {"size": back.size, "colors": len(back.getcolors()) > 1, "mode": back.mode}
