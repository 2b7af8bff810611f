from email.message import EmailMessage
from email.policy import SMTP


def send(to: str, subject: str, text: str) -> str:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "shop@storefront.example", to, subject
    message.set_content(text, subtype="html", cte="8bit")
    return f"email to {to}: {len(message.as_bytes())} bytes"
