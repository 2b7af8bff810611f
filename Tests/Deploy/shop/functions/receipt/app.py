import os
from pathlib import Path

import boto3
from jinja2 import Template

TEXT = Template(Path(__file__).with_name("receipt.txt").read_text())


def handler(event, context):
    text = TEXT.render(order=event["order"], cents=event["cents"], currency=os.environ["CURRENCY"])
    boto3.client("s3").put_object(Bucket=os.environ["BUCKET"], Key=event["order"], Body=text.encode())
    return {"written": event["order"], "by": context.function_name}
