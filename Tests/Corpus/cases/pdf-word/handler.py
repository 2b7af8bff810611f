"""Documents: PDF written, merged, encrypted and read; Word from its default template."""

import io

from docx import Document
from docx.shared import Pt
from fpdf import FPDF
from pdfminer.high_level import extract_text
from pdfminer.layout import LAParams
from pypdf import PdfReader, PdfWriter


def page(text):
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=14)
    pdf.cell(text=text)
    return io.BytesIO(bytes(pdf.output()))


def handler(event, context):
    writer = PdfWriter()
    for text in event["pages"]:
        writer.append(page(text))
    writer.add_metadata({"/Title": "All"})
    writer.encrypt("secret", algorithm="AES-256")
    merged = io.BytesIO()
    writer.write(merged)
    reader = PdfReader(merged)
    reader.decrypt("secret")
    document = Document()
    document.add_heading("Title", 1)
    document.add_paragraph("one", style="List Bullet").runs[0].font.size = Pt(9)
    document.add_table(2, 2).cell(0, 0).text = "cell"
    saved = io.BytesIO()
    document.save(saved)
    read = Document(saved)
    return {
        "pypdf": [p.extract_text() for p in reader.pages], "title": reader.metadata.title,
        "pdfminer": extract_text(page("miner"), laparams=LAParams()).strip(),
        "docx": [[p.style.name, p.text] for p in read.paragraphs], "cell": read.tables[0].cell(0, 0).text,
    }
