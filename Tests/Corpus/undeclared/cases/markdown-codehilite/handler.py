import markdown


def handler(event, context):
    html = markdown.markdown(
        event["text"],
        extensions=["fenced_code", "codehilite"],
        extension_configs={"codehilite": {"guess_lang": False, "css_class": "code"}},
    )
    return {"html": html}
