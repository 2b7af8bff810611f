from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def liquid_page(name, data):
    from liquid import CachingFileSystemLoader, Environment
    from liquid.extra import add_tags_and_filters
    from liquid.filter import string_filter

    @string_filter
    def initials(text):
        return "".join(word[0] for word in text.split()).upper()

    env = Environment(loader=CachingFileSystemLoader(TEMPLATES), autoescape=name.endswith("html"), globals={"site": "Manual", "locale": "de_CH", "currency_code": "CHF", "timezone": "Europe/Zurich"})
    env.add_filter("initials", initials)
    add_tags_and_filters(env)
    return env.get_template(name).render(**data)


def mustache_page(data):
    import pystache

    renderer = pystache.Renderer(search_dirs=[str(TEMPLATES)], file_extension="mustache", missing_tags="strict")
    data = {**data, "bold": lambda text: f"<b>{text}</b>", "empty": []}
    return renderer.render_name("summary", data)
