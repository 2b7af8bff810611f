"""CloudFormation: a template made with Troposphere, one that SAM translates, both held to the rules."""

import json
import os

os.environ["AWS_DEFAULT_REGION"] = "eu-west-1"

from cfnlint.api import lint_all
from cfnlint.core import get_rules
from samtranslator.translator.transform import transform
from troposphere import GetAtt, Output, Parameter, Ref, Sub, Template
from troposphere.awslambda import Code, Environment, Function
from troposphere.dynamodb import AttributeDefinition, KeySchema, Table
from troposphere.sqs import Queue


class Policies:
    def load(self):
        return {"AWSLambdaBasicExecutionRole": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}


def handler(event, context):
    template = Template(Description="Shop")
    stage = template.add_parameter(Parameter("Stage", Type="String", Default="dev"))
    queue = template.add_resource(Queue("Orders", VisibilityTimeout=30, QueueName=Sub("orders-${Stage}")))
    template.add_resource(Table(
        "Items", BillingMode="PAY_PER_REQUEST", KeySchema=[KeySchema(AttributeName="id", KeyType="HASH")],
        AttributeDefinitions=[AttributeDefinition(AttributeName="id", AttributeType="S")]))
    template.add_resource(Function(
        "Worker", Runtime="python3.12", Handler="a.b", Role="arn:aws:iam::123456789012:role/r", Code=Code(ZipFile="x"),
        Environment=Environment(Variables={"STAGE": Ref(stage), "URL": Ref(queue)})))
    template.add_output(Output("Arn", Value=GetAtt(queue, "Arn")))
    try:
        Queue("Bad", VisibilityTimeout="soon").to_dict()
    except ValueError as error:
        wrong = "soon" in str(error)
    clean = lint_all(template.to_json())
    findings = lint_all(event["template"])
    translated = transform(event["sam"], {}, Policies())
    return {
        "resources": sorted(template.resources), "wrong": wrong, "clean": [m.rule.id for m in clean], "findings": sorted({m.rule.id for m in findings}),
        "places": sorted(m.linenumber for m in findings)[:3], "sam": sorted(r["Type"] for r in translated["Resources"].values()),
        "rules": len(get_rules([], [], [])) > 100, "yaml": template.to_yaml().splitlines()[0], "size": len(json.loads(template.to_json())),
    }
