import datetime

import m3u8


def summary(content, base):
    playlist = m3u8.loads(content, uri=base)
    if playlist.is_variant:
        playlist.playlists.sort(key=lambda p: -p.stream_info.bandwidth)
        return {"variants": [[p.absolute_uri, p.stream_info.resolution, p.stream_info.codecs] for p in playlist.playlists],
                "audio": [[m.name, m.language, m.default] for m in playlist.media]}
    start = playlist.segments[0].program_date_time
    length = datetime.timedelta(seconds=sum(s.duration for s in playlist.segments))
    playlist.base_path = "https://cdn.example.net/v2"
    return {"segments": len(playlist.segments), "until": (start + length).isoformat(), "ends": playlist.is_endlist,
            "keys": [k.method for k in playlist.keys if k], "rewritten": playlist.dumps().splitlines()}
