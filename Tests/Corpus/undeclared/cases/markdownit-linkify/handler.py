from markdown_it import MarkdownIt

md = MarkdownIt("gfm-like")


def handler(event, context):
    return {"html": md.render(event["text"]), "rules": len(md.get_active_rules()["inline"]) > 5}
