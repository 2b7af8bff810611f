"""AWS, pretended by moto: back ends that are loaded by service name."""

import os

os.environ.update(AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b", AWS_DEFAULT_REGION="eu-central-1")

import boto3
from boto3.dynamodb.conditions import Attr, Key
from moto import mock_aws


def handler(event, context):
    with mock_aws():
        sqs = boto3.client("sqs")
        url = sqs.create_queue(QueueName="orders")["QueueUrl"]
        sqs.send_message(QueueUrl=url, MessageBody=event["order"])
        body = sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"]
        table = boto3.resource("dynamodb").create_table(
            TableName="orders", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
        for number in range(3):
            table.put_item(Item={"id": str(number), "cents": number * 100})
        found = table.query(KeyConditionExpression=Key("id").eq("2"), FilterExpression=Attr("cents").gt(150))["Items"]
        try:
            sqs.get_queue_url(QueueName="none")
        except sqs.exceptions.QueueDoesNotExist as error:
            missing = error.response["Error"]["Code"]
    return {"body": body, "found": [[i["id"], int(i["cents"])] for i in found], "missing": missing, "url": url.rpartition("/")[2]}
