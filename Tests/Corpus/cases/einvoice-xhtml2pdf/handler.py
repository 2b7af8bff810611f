"""An invoice as Factur-X: a PDF from HTML, with the checked XML inside."""

import base64
import io

import facturx
from pypdf import PdfReader

from invoicing import document, xml


def handler(event, context):
    invoice = event["invoice"]
    text = xml.render(invoice)
    facturx.xml_check_xsd(text, flavor="factur-x", level="minimum")
    pdf = document.render(invoice)
    joined = facturx.generate_from_binary(
        pdf, text, flavor="factur-x", level="minimum", check_xsd=True, lang="en",
        pdf_metadata={"author": invoice["seller"], "keywords": "invoice", "title": invoice["number"], "subject": "Invoice"},
    )
    name, found = facturx.get_xml_from_pdf(joined)
    reader = PdfReader(io.BytesIO(joined))
    try:
        facturx.xml_check_xsd(text.replace(b"GrandTotalAmount", b"GrandAmount"), flavor="factur-x", level="minimum")
        broken = None
    except Exception as error:
        broken = type(error).__name__
    return {
        "attached": name,
        "flavor": facturx.get_flavor(xml.parse(found)),
        "level": facturx.get_level(xml.parse(found)),
        "pages": len(reader.pages),
        "text": reader.pages[0].extract_text().split(),
        "title": reader.metadata.title,
        "head": base64.b64encode(joined[:5]).decode(),
        "images": len(reader.pages[0].images),
        "broken": broken,
    }
