"""Archives, uploaded to moto's server by boto3 and by the `aws` command line, and a whole stack of them."""

import base64
import json
import logging
import os
import subprocess
import sys
import warnings
from pathlib import Path

REGION = "eu-central-1"
ROLE = "arn:aws:iam::123456789012:role/functions"


class Cloud:
    """moto's server on loopback, with what its clients have to be told."""

    def __init__(self, work):
        from moto.server import ThreadedMotoServer

        # Each request would be a line.
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        # The alias of a stack is passed over by moto; what it would lead to is looked at.
        warnings.filterwarnings("ignore", message="Tried to parse AWS::Lambda::Alias")
        self.work = work
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.server.start()
        host, port = self.server.get_host_and_port()
        self.url = f"http://{host}:{port}"
        # Whatever the user has is not looked at.
        self.variables = {
            "AWS_ENDPOINT_URL": self.url, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": REGION, "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true", "AWS_PAGER": "",
        }
        os.environ.update(self.variables)
        document = {"Version": "2012-10-17", "Statement": []}
        self.client("iam").create_role(RoleName="functions", AssumeRolePolicyDocument=json.dumps(document))

    def client(self, service):
        import boto3

        return boto3.client(service, endpoint_url=self.url, region_name=REGION)

    def aws(self, *words):
        """What the command line of AWS prints, which is JSON."""
        done = subprocess.run(
            [str(Path(sys.executable).with_name("aws")), *map(str, words)], capture_output=True, text=True,
            env={**os.environ, **self.variables})
        assert done.returncode == 0, f"aws {words[0]} {words[1]}: {done.stderr.strip()[-600:]}"
        return json.loads(done.stdout) if done.stdout.strip().startswith("{") else done.stdout

    def close(self):
        self.server.stop()


def by_boto3(cloud, archives, functions):
    """Created, updated to something else, and updated back: each time the hash is that of the manifest."""
    client = cloud.client("lambda")
    for name, it in functions.items():
        content = (archives / it["archive"]).read_bytes()
        made = client.create_function(
            FunctionName=f"boto3-{name}", Role=ROLE, Runtime=it["runtime"], Handler=it["handler"],
            Architectures=[it["architecture"]], Code={"ZipFile": content})
        assert made["CodeSha256"] == it["sha256Base64"], (name, made["CodeSha256"], it["sha256Base64"])
        assert made["CodeSize"] == it["bytes"], (name, made["CodeSize"])
        assert base64.b64decode(it["sha256Base64"]).hex() == it["sha256"], name
    names = list(functions)
    for name, other in zip(names, names[1:] + names[:1]):
        for content in (other, name):
            changed = client.update_function_code(
                FunctionName=f"boto3-{name}", ZipFile=(archives / functions[content]["archive"]).read_bytes())
            assert changed["CodeSha256"] == functions[content]["sha256Base64"], (name, content)


def by_command(cloud, archives, functions):
    """The same with `aws lambda create-function` and `update-function-code`, and by way of a bucket."""
    cloud.aws("s3api", "create-bucket", "--bucket", "archives",
              "--create-bucket-configuration", f"LocationConstraint={REGION}")
    for name, it in functions.items():
        path = archives / it["archive"]
        made = cloud.aws(
            "lambda", "create-function", "--function-name", f"aws-{name}", "--role", ROLE, "--runtime", it["runtime"],
            "--handler", it["handler"], "--architectures", it["architecture"], "--zip-file", f"fileb://{path}")
        assert made["CodeSha256"] == it["sha256Base64"], (name, made["CodeSha256"])
    name, it = next(iter(functions.items()))
    cloud.aws("s3", "cp", "--quiet", archives / it["archive"], f"s3://archives/{it['archive']}")
    changed = cloud.aws("lambda", "update-function-code", "--function-name", f"aws-{name}",
                        "--s3-bucket", "archives", "--s3-key", it["archive"])
    assert changed["CodeSha256"] == it["sha256Base64"], changed["CodeSha256"]


def lint(path):
    """What `cfn-lint` says of a template: nothing of severity error, and no warning."""
    said = subprocess.run(
        [str(Path(sys.executable).with_name("cfn-lint")), "--regions", REGION, "--", str(path)],
        capture_output=True, text=True)
    assert said.returncode == 0, f"cfn-lint {path}: {said.stdout.strip()[-800:]}{said.stderr.strip()[-400:]}"


def translate(text):
    """What AWS makes of a SAM template when it is deployed: plain CloudFormation."""
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator
    from samtranslator.yaml_helper import yaml_parse

    os.environ["AWS_DEFAULT_REGION"] = REGION
    return Translator({}, Parser()).translate(yaml_parse(text), parameter_values={})


def stack(cloud, template, functions):
    """`aws cloudformation package`, SAM's translator, and a stack: its functions have the archives' hashes.

    Returns the name and the environment of each function as it is deployed, by its logical id.
    """
    lint(template)
    packaged = cloud.work / "packaged.yaml"
    cloud.aws("cloudformation", "package", "--template-file", template, "--s3-bucket", "archives",
              "--output-template-file", packaged)
    plain = translate(packaged.read_text())
    assert {name for name, it in plain["Resources"].items() if it["Type"] == "AWS::Lambda::Function"} == set(functions)
    body = cloud.work / "plain.json"
    body.write_text(json.dumps(plain))
    formation = cloud.client("cloudformation")
    formation.create_stack(
        StackName="shop", TemplateBody=body.read_text(), Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"])
    described = formation.describe_stacks(StackName="shop")["Stacks"][0]
    assert described["StackStatus"] == "CREATE_COMPLETE", described
    deployed = {}
    for resource in formation.list_stack_resources(StackName="shop")["StackResourceSummaries"]:
        if resource["ResourceType"] != "AWS::Lambda::Function":
            continue
        name = resource["LogicalResourceId"]
        is_ = cloud.client("lambda").get_function(FunctionName=resource["PhysicalResourceId"])["Configuration"]
        assert is_["CodeSha256"] == functions[name]["sha256Base64"], (name, is_["CodeSha256"])
        assert is_["Handler"] == functions[name]["handler"] and is_["Runtime"] == functions[name]["runtime"], is_
        deployed[name] = (is_["FunctionName"], is_.get("Environment", {}).get("Variables", {}))
    assert set(deployed) == set(functions), set(deployed)
    return deployed
