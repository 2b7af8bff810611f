from markdown_it import MarkdownIt

md = MarkdownIt("commonmark", {"html": False}).enable("table")


def handler(event, context):
    tokens = md.parse(event["text"])
    headings = [tokens[i + 1].content for i, t in enumerate(tokens) if t.type == "heading_open"]
    return {"html": md.render(event["text"]), "headings": headings}
