from pathlib import Path

from lxml import etree
from signxml import XMLSigner, XMLVerifier, methods
from signxml.exceptions import InvalidSignature

KEYS = Path(__file__).parent / "keys"
NAMESPACE = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"}


def seal(order):
    signer = XMLSigner(method=methods.enveloped, signature_algorithm="rsa-sha256")
    signed = signer.sign(etree.fromstring(order), key=(KEYS / "signer.pem").read_bytes(),
                         cert=(KEYS / "signer.crt").read_text())
    return etree.tostring(signed)


def check(sealed):
    try:
        done = XMLVerifier().verify(sealed, x509_cert=(KEYS / "signer.crt").read_text())
    except InvalidSignature as error:
        return {"error": str(error)[:60]}
    debits = done.signed_xml.iterfind(".//p:DrctDbtTxInf", NAMESPACE)
    return {"payments": [[d.findtext(".//p:EndToEndId", namespaces=NAMESPACE),
                          d.findtext("p:InstdAmt", namespaces=NAMESPACE),
                          d.findtext(".//p:Dbtr/p:Nm", namespaces=NAMESPACE)] for d in debits],
            "method": done.signature_xml.find(".//{*}SignatureMethod").get("Algorithm")}
