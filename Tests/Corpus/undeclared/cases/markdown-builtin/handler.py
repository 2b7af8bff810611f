import markdown

EXTENSIONS = ["toc", "tables", "footnotes", "attr_list"]


def handler(event, context):
    md = markdown.Markdown(extensions=EXTENSIONS)
    html = md.convert(event["text"])
    return {"html": html, "toc": [token["id"] for token in md.toc_tokens]}
