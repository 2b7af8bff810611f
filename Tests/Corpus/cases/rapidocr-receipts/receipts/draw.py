"""Receipts for tests and demos, drawn instead of photographed."""

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont


def receipt(lines, code, kind):
    font = ImageFont.load_default(34)
    image = Image.new("RGB", (640, 80 + 60 * len(lines) + 300), "white")
    pen = ImageDraw.Draw(image)
    for n, line in enumerate(lines):
        pen.text((40, 40 + 60 * n), line, font=font, fill=(20, 20, 20))
    made = zxingcpp.create_barcode(code, getattr(zxingcpp.BarcodeFormat, kind))
    drawn = Image.fromarray(np.array(made.to_image(scale=4)))
    image.paste(drawn.convert("RGB"), (60, 60 + 60 * len(lines)))
    return image
