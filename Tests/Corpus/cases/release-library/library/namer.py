import functools
import json
from importlib import resources

import babelfish


@functools.cache
def rules():
    return json.loads((resources.files(__package__) / "rules.json").read_text())


class Defaults(dict):
    def __missing__(self, key):
        return 0 if key == "season" else "unknown"


def language(found):
    each = found if isinstance(found, list) else [found]
    return [[x.alpha3, x.name, getattr(x, "alpha3b", None), str(x)] for x in each if x != babelfish.Language("und")]


def place(name):
    from guessit import guessit

    guess = guessit(name, rules()["guess"])
    fields = Defaults({k: v for k, v in guess.items() if isinstance(v, (str, int))})
    episode = guess.get("episode")
    fields["episodes"] = "-".join(f"E{n:02d}" for n in (episode if isinstance(episode, list) else [episode or 0]))
    target = rules()["layouts"].get(guess["type"], "other/{title}").format_map(fields)
    rest = {k: v for k, v in sorted(guess.items()) if k in
            ("source", "video_codec", "audio_codec", "audio_channels", "release_group", "streaming_service", "other",
             "edition", "container", "episode_title", "color_depth", "proper_count")}
    country = guess.get("country")
    return {"path": target, "details": json.loads(json.dumps(rest, default=str)),
            "languages": language(guess.get("language", [])), "subtitles": language(guess.get("subtitle_language", [])),
            "country": country and [country.alpha2, country.name], "date": str(guess.get("date", ""))}
