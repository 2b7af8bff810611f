import boto3
from botocore.config import Config

s3 = boto3.client(
    "s3", region_name="eu-central-1", aws_access_key_id="AKIDEXAMPLE",
    aws_secret_access_key="secret", config=Config(retries={"max_attempts": 0}))
sent = []


def keep(request, **others):
    sent.append({k: v if isinstance(v, str) else v.decode() for k, v in request.headers.items()})
    raise ConnectionError("not today")


s3.meta.events.register("before-send.s3.PutObject", keep)


def handler(event, context):
    try:
        s3.put_object(
            Bucket="reports", Key="a.txt", Body=event["body"].encode(), ChecksumAlgorithm="CRC64NVME")
    except ConnectionError:
        pass
    return {k: v for k, v in sent[0].items() if k.lower().startswith(("x-amz-checksum", "x-amz-trailer"))}
