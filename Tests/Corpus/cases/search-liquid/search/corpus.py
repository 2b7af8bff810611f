import re


def documents(folder):
    known = {}
    for path in sorted(folder.glob("*.txt")):
        title, day, tags, text = path.read_text().split("\n", 3)
        known[path.stem] = {"title": title, "day": day, "tags": tags.split(","), "text": re.sub(r"\s+", " ", text).strip()}
    return known
