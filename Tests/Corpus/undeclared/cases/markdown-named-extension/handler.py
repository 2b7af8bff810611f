import markdown

md = markdown.Markdown(extensions=["tables", "pymdownx.tasklist", "pymdownx.tilde"], output_format="html")


def handler(event, context):
    return {"html": md.reset().convert(event["text"])}
