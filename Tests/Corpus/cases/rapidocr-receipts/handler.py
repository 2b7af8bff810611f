"""Reads photographed receipts: text by OCR, the code at the bottom by a barcode reader."""

import base64
import io

import numpy as np
from PIL import Image

from receipts import draw, totals


def picture(receipt):
    if "image" in receipt:
        return Image.open(io.BytesIO(base64.b64decode(receipt["image"]))).convert("RGB")
    return draw.receipt(receipt["lines"], receipt["code"], receipt["format"])


def handler(event, context):
    from rapidocr_onnxruntime import RapidOCR
    import zxingcpp

    engine = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
    answers = []
    for receipt in event["receipts"]:
        image = picture(receipt)
        if receipt.get("turned"):
            image = image.rotate(180)
        found, seconds = engine(np.asarray(image)[:, :, ::-1].copy(), use_cls=True)
        codes = zxingcpp.read_barcodes(image)
        answers.append({
            "lines": [text for _, text, _ in found or []],
            "sure": all(float(score) > 0.7 for *_, score in found or []),
            "total": totals.total([text for _, text, _ in found or []]),
            "codes": [[str(code.format).split(".")[-1], code.text] for code in codes],
        })
    return {"receipts": answers, "size": list(image.size)}
