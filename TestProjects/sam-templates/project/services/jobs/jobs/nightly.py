import boto3


def run(event, context):
    return [table.name for table in boto3.resource("dynamodb").tables.all()]
