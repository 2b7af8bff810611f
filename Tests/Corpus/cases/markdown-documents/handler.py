"""Documents of any kind as Markdown: MarkItDown with Magika's model, mammoth, EPUB books by EbookLib."""

import base64
import io
import json
import tempfile
import zipfile

import mammoth
import openpyxl
from ebooklib import ITEM_DOCUMENT, epub
from magika import Magika
from markdownify import markdownify
from markitdown import MarkItDown, StreamInfo, UnsupportedFormatException


def book(event):
    made = epub.EpubBook()
    made.set_identifier("id1")
    made.set_title(event["title"])
    made.set_language("en")
    made.add_author("Ann")
    chapters = [epub.EpubHtml(title=f"Part {i}", file_name=f"p{i}.xhtml", lang="en", content=f"<h1>Part {i}</h1><p>{text}</p>") for i, text in enumerate(event["chapters"], 1)]
    for chapter in chapters:
        made.add_item(chapter)
    made.toc, made.spine = tuple(chapters), ["nav", *chapters]
    made.add_item(epub.EpubNcx())
    made.add_item(epub.EpubNav())
    with tempfile.NamedTemporaryFile(suffix=".epub") as file:
        epub.write_epub(file.name, made)
        read = epub.read_epub(file.name)
        return file.read(), [read.get_metadata("DC", "title")[0][0], len(list(read.get_items_of_type(ITEM_DOCUMENT))), [link.title for link in read.toc]]


def sheet(event):
    made = openpyxl.Workbook()
    made.active.title = "Prices"
    for row in [["name", "price"], *event["prices"]]:
        made.active.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def handler(event, context):
    letter, (novel, about) = base64.b64decode(event["docx"]), book(event)
    together = io.BytesIO()
    with zipfile.ZipFile(together, "w") as archive:
        archive.writestr("prices.csv", "name,price\ntea,4\n")
        archive.writestr("page.html", "<html><title>t</title><body><h2>Inside</h2></body></html>")
    notebook = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "markdown", "source": ["# Notes"]}, {"cell_type": "code", "source": ["1 + 1"], "outputs": []}]})
    feed = '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item><title>Tea</title><description>&lt;b&gt;new&lt;/b&gt;</description></item></channel></rss>'
    converter, said = MarkItDown(enable_plugins=True), {}
    for name, data, info in (
        ("letter", letter, StreamInfo(extension=".docx")), ("prices", sheet(event), None), ("novel", novel, StreamInfo(extension=".epub")), ("zip", together.getvalue(), StreamInfo(extension=".zip")),
        ("notebook", notebook.encode(), StreamInfo(extension=".ipynb")), ("feed", feed.encode(), StreamInfo(mimetype="application/rss+xml")), ("page", b"<html><body><a href='/x'>x</a><ul><li>1</li></ul></body></html>", None),
        ("table", "a;b\nü;2\n".encode("cp1252"), StreamInfo(extension=".csv", charset="cp1252")),
    ):
        said[name] = converter.convert_stream(io.BytesIO(data), stream_info=info).markdown.strip().splitlines()
    try:
        converter.convert_stream(io.BytesIO(bytes(range(256)) * 9), stream_info=StreamInfo(extension=".bin"))
    except UnsupportedFormatException as error:
        unsupported = type(error).__name__
    style = mammoth.convert_to_html(io.BytesIO(letter), style_map="p[style-name='Heading 1'] => h2.big:fresh\nb => em")
    kinds = [Magika().identify_bytes(data).output.label for data in (letter, sheet(event), b"import os\n\n\ndef main(x):\n    return os.path.join(x, 'a')\n" * 3, b'{"a": [1, 2, {"b": null}]}')]
    return {"said": said, "about": about, "unsupported": unsupported, "style": style.value, "raw": mammoth.extract_raw_text(io.BytesIO(letter)).value.split(), "kinds": kinds, "data": converter.convert_uri("data:text/plain;charset=utf-8,hi%20there").markdown,
            "markdownify": markdownify("<h1>A</h1><p><b>b</b> <i>c</i></p>", heading_style="ATX", strong_em_symbol="_").split()}
