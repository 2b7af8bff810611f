"""Storage trigger: where a delivered file belongs in the library, and its subtitles as WebVTT."""

from pathlib import PurePosixPath

from library import namer, playlists


def handler(event, context):
    shelf = {}
    for record in event["Records"]:
        key = record["s3"]["object"]["key"]
        suffix = PurePosixPath(key).suffix.lower()
        if suffix == ".m3u8":
            shelf[key] = playlists.summary(record["content"], record["base"])
        elif suffix in (".srt", ".vtt", ".scc", ".dfxp", ".sami"):
            from library.captions import convert

            shelf[key] = convert(record["content"], record.get("targets", ["webvtt"]))
        else:
            shelf[key] = namer.place(key)
    return {"statusCode": 200, "shelf": shelf}
