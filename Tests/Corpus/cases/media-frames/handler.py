"""Short films are encoded, filtered and read again; subtitles are converted; sounds have tags."""

import io
from fractions import Fraction

import av
import av.filter
import numpy as np
import pysubs2
from av.audio.resampler import AudioResampler
from pysubs2 import Color, SSAEvent, SSAFile, SSAStyle
from tinytag import TinyTag, UnsupportedFormatError


def film(kind, codec):
    stream = io.BytesIO()
    with av.open(stream, "w", format=kind) as out:
        video = out.add_stream(codec, rate=10)
        video.width, video.height, video.pix_fmt = 64, 48, "rgb8" if kind == "gif" else "yuv420p"
        for n in range(10):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), n * 20, "uint8"), format="rgb24")
            frame.pts, frame.time_base = n, Fraction(1, 10)
            out.mux(video.encode(frame.reformat(format=video.pix_fmt)))
        out.mux(video.encode(None))
    return stream.getvalue()


def tone(kind, codec, seconds=1):
    stream = io.BytesIO()
    with av.open(stream, "w", format=kind) as out:
        out.metadata.update({"title": "Tea song", "artist": "Eve", "track": "3"})
        audio = out.add_stream(codec, rate=44100, layout="stereo")
        wave = (np.sin(np.arange(44100 * seconds) * 0.06) * 9000).astype("int16")
        frame = av.AudioFrame.from_ndarray(np.repeat(wave, 2)[None, :], format="s16", layout="stereo")
        frame.sample_rate = 44100
        resampler = AudioResampler(format=audio.format, layout="stereo", rate=44100, frame_size=audio.codec_context.frame_size or 1152)
        for part in resampler.resample(frame) + resampler.resample(None):
            out.mux(audio.encode(part))
        out.mux(audio.encode(None))
    return stream.getvalue()


def flipped(frames):
    graph = av.filter.Graph()
    source = graph.add_buffer(width=64, height=48, format="yuv420p", time_base=Fraction(1, 10))
    graph.link_nodes(source, graph.add("hflip"), graph.add("scale", "32:24"), graph.add("drawbox", "x=0:y=0:w=4:h=4:color=red:t=fill"), graph.add("buffersink")).configure()
    graph.push(frames[0])
    return graph.pull()


def handler(event, context):
    films = {}
    for kind, codec in event["codecs"].items():
        with av.open(io.BytesIO(film(kind, codec))) as read:
            frames = list(read.decode(video=0))
            films[kind] = [read.format.name.split(",")[0], read.streams.video[0].codec_context.name, len(frames), bool(frames[8].to_ndarray(format="gray").mean() > frames[1].to_ndarray(format="gray").mean())]
        if kind == "mp4":
            small = flipped(frames)
    tags = {}
    for kind, codec in (("mp3", "libmp3lame"), ("flac", "flac"), ("ipod", "aac"), ("wav", "pcm_s16le")):
        tag = TinyTag.get(filename=f"a.{'m4a' if kind == 'ipod' else kind}", file_obj=io.BytesIO(tone(kind, codec)))
        tags[kind] = [tag.title, tag.artist, round(tag.duration), tag.samplerate, tag.channels]
    try:
        TinyTag.get(filename="a.txt", file_obj=io.BytesIO(b"nothing"))
        unknown = None
    except UnsupportedFormatError as error:
        unknown = type(error).__name__
    try:
        av.open(io.BytesIO(b"nothing" * 99))
        invalid = None
    except av.error.InvalidDataError as error:
        invalid = error.strerror
    subtitles = SSAFile.from_string(event["subtitles"])
    subtitles.shift(s=1)
    subtitles.styles["Loud"] = SSAStyle(fontsize=40, bold=True, primarycolor=Color(255, 0, 0))
    subtitles.append(SSAEvent(start=pysubs2.make_time(s=9), end=pysubs2.make_time(s=10), text=r"{\b1}End{\b0}", style="Loud"))
    converted = {kind: subtitles.to_string(kind, **({"fps": 25} if kind == "microdvd" else {})) for kind in ("ass", "vtt", "microdvd", "json", "ttml", "mpl2")}
    return {
        "films": films, "small": [small.width, small.height, small.format.name], "tags": tags, "unknown": unknown, "invalid": invalid, "plain": [e.plaintext for e in subtitles],
        "found": {k: pysubs2.formats.autodetect_format(v) for k, v in converted.items()}, "ass": [x for x in converted["ass"].splitlines() if x.startswith("Dialogue")], "vtt": converted["vtt"].splitlines()[:4],
        "codecs": [c in av.codecs_available for c in ("libdav1d", "libopus", "h264")], "formats": "matroska" in av.formats_available, "layout": [c.name for c in av.AudioLayout("5.1").channels],
    }
