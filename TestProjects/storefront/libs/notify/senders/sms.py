from commerce.aws import client


def send(to: str, subject: str, text: str) -> str:
    client("sns").publish(PhoneNumber=to, Message=subject)
    return f"sms to {to}"
