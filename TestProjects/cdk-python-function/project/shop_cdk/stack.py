from aws_cdk import Stack
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_lambda_python_alpha import PythonFunction


class Shop(Stack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        PythonFunction(
            self, "Orders", entry="functions/orders", runtime=lambda_.Runtime.PYTHON_3_12,
            index="index.py", handler="handler")
        lambda_.Function(
            self, "Refunds", code=lambda_.Code.from_asset("functions/refunds"),
            runtime=lambda_.Runtime.PYTHON_3_12, handler="app.handler")
