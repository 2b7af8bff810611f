"""Slides, PDFs through native libraries, templates that lie inside packages."""

import io

import fitz
import pikepdf
from docx import Document
from docxtpl import DocxTemplate
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches


def handler(event, context):
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    slide.shapes.title.text = event["title"]
    slide.shapes.add_table(1, 1, Inches(1), Inches(1), Inches(2), Inches(1)).table.cell(0, 0).text = "cell"
    saved = io.BytesIO()
    slides.save(saved)
    titles = [s.shapes.title.text for s in Presentation(saved).slides]
    pdf = fitz.open()
    pdf.new_page().insert_text((72, 72), "tea", fontname="helv")
    first = pikepdf.open(io.BytesIO(pdf.tobytes()))
    first.docinfo["/Title"] = "T"
    second = io.BytesIO()
    first.save(second, encryption=pikepdf.Encryption(owner="o", user="u"))
    opened = fitz.open(stream=second.getvalue())
    opened.authenticate("u")
    document = Document()
    document.add_paragraph("Dear {{ name }}")
    plain = io.BytesIO()
    document.save(plain)
    template = DocxTemplate(plain)
    template.render({"name": "Ada"})
    return {"titles": titles, "pdf": opened[0].get_text().strip(), "meta": opened.metadata["title"],
            "pixels": list(opened[0].get_pixmap(dpi=36).irect), "docx": template.docx.paragraphs[0].text,
            "chart": CategoryChartData().number_format, "type": XL_CHART_TYPE.PIE.name}
