import fsspec


def handler(event, context):
    memory = fsspec.filesystem("memory")
    for name, text in event["files"].items():
        with memory.open(f"/in/{name}", "w") as file:
            file.write(text)
    with fsspec.open("memory://in/a.txt", "r") as file:
        first = file.read()
    return {"first": first, "names": sorted(p.rsplit("/", 1)[1] for p in memory.find("/in"))}
