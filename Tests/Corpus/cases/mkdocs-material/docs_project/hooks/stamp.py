def on_page_markdown(markdown, page, config, files):
    return markdown + f"\n\nVersion {config.extra['version']}\n"
