"""Routes uploads to Azure: forms, languages, storage. Here against recorded answers."""

import importlib
import json
from pathlib import Path

from azure.core.credentials import AccessToken, AzureKeyCredential

from services.wire import Recorded

HERE = Path(__file__).parent


class Anyone:
    def get_token(self, *scopes, **options):
        return AccessToken("token", 4102444800)

    def get_token_info(self, *scopes, **options):
        from azure.core.credentials import AccessTokenInfo

        return AccessTokenInfo("token", 4102444800)


def handler(event, context):
    wire = Recorded(json.loads((HERE / "recorded" / "answers.json").read_text()))
    answers = {}
    for job in event["jobs"]:
        module = importlib.import_module(f".{job['service']}", "services")
        answers[job["name"]] = module.run(wire.transport(), AzureKeyCredential("k" * 32), Anyone(), **job["options"])
    return {"answers": answers, "calls": wire.calls}
