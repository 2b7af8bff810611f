"""Sounds written, tagged and read again; a photo in HEIF and AVIF through Pillow's plug-ins."""

import io
import os
import tempfile

import mutagen
import numpy as np
import pillow_heif
import soundfile
from mutagen.easyid3 import EasyID3
from mutagen.flac import FLAC, Picture
from mutagen.oggvorbis import OggVorbis
from PIL import Image

pillow_heif.register_heif_opener()


def handler(event, context):
    folder = tempfile.mkdtemp()
    tone = 0.3 * np.sin(np.linspace(0, 440, 8000, dtype="float32"))
    read = {}
    for kind in event["kinds"]:
        path = os.path.join(folder, f"a.{kind}")
        soundfile.write(path, tone, 8000)
        data, rate = soundfile.read(path, frames=4000)
        read[kind] = [len(data), rate, soundfile.info(path).format, type(mutagen.File(path)).__name__]
    flac = FLAC(os.path.join(folder, "a.flac"))
    flac["title"], cover = "Tea", Picture()
    cover.data, cover.mime = b"x", "image/png"
    flac.add_picture(cover)
    flac.save()
    ogg = OggVorbis(os.path.join(folder, "a.ogg"))
    ogg["artist"] = ["Ann"]
    ogg.save()
    tags = EasyID3()
    tags["title"] = "Ink"
    tags.save(os.path.join(folder, "a.mp3"))
    photo = Image.new("RGB", (64, 48), (200, 30, 30))
    stream = io.BytesIO()
    photo.save(stream, "HEIF", quality=80)
    back = Image.open(io.BytesIO(stream.getvalue()))
    avif = io.BytesIO()
    photo.save(avif, "AVIF")
    return {
        "read": read, "title": mutagen.File(os.path.join(folder, "a.flac"))["title"], "artist": mutagen.File(os.path.join(folder, "a.ogg"))["artist"],
        "id3": mutagen.File(os.path.join(folder, "a.mp3"), easy=True)["title"], "heif": [back.format, back.size, back.getpixel((9, 9))[0] > 150],
        "avif": Image.open(avif).size, "formats": "VORBIS" in soundfile.available_subtypes("OGG"), "codecs": sorted(pillow_heif.libheif_info())[:2],
    }
