"""A picture was uploaded: make the small ones that the site shows."""

import io

from PIL import Image, ImageOps

from commerce.aws import client
from commerce.settings import settings

SIZES = {"card": (320, 240), "icon": (48, 48)}


def handler(event, context):
    return [made for record in event["Records"] for made in _thumbnails(record["s3"])]


def _thumbnails(s3: dict):
    s3_client = client("s3")
    key = s3["object"]["key"]
    content = s3_client.get_object(Bucket=s3["bucket"]["name"], Key=key)["Body"].read()
    with Image.open(io.BytesIO(content)) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    for name, size in SIZES.items():
        small = ImageOps.fit(upright, size)
        encoded = io.BytesIO()
        small.save(encoded, "WEBP", quality=80)
        target = f"{key.rsplit('.', 1)[0]}/{name}.webp"
        s3_client.put_object(
            Bucket=settings.image_bucket, Key=target, Body=encoded.getvalue(),
            ContentType="image/webp",
        )
        yield {"key": target, "size": list(small.size), "magic": encoded.getvalue()[8:12].decode()}
