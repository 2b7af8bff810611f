import io
import json


def run(folder, paths, rules, rcfile):
    from pylint.lint import Run
    from pylint.reporters.json_reporter import JSON2Reporter

    out = io.StringIO()
    done = Run([f"--rcfile={rules / rcfile}", *map(str, paths)], reporter=JSON2Reporter(out), exit=False)
    said = json.loads(out.getvalue())
    messages = [
        [m["path"].removeprefix(f"{folder}/").rsplit("/", 1)[-1], m["line"], m["messageId"], m["symbol"], m["message"].replace(str(folder), "")]
        for m in said["messages"]
    ]
    return {
        "messages": sorted(messages),
        "counts": said["statistics"]["messageTypeCount"],
        "score": round(said["statistics"]["score"], 2),
        "checkers": sorted({c.name for c in done.linter.get_checkers()}),
    }
