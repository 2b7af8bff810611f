import json

import requests_mock


def rehearse(file):
    mocker = requests_mock.Mocker(real_http=False)
    for answer in json.loads(file.read_text()):
        said = {"text": answer["text"]} if "text" in answer else {"json": answer.get("json", {})}
        mocker.register_uri(answer.get("method", "POST"), requests_mock.ANY if answer["url"] == "*" else answer["url"],
                            status_code=answer.get("status", 200), **said)
    return mocker
