"""Requests and answers held against an OpenAPI document, in parts that refer to each other."""

import json
from pathlib import Path

from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from prance import ResolvingParser
from prance.util.resolver import RESOLVE_FILES

here = Path(__file__).resolve().parent / "spec"


def handler(event, context):
    parser = ResolvingParser(str(here / "shop.yaml"), backend="openapi-spec-validator", resolve_types=RESOLVE_FILES)
    document = json.loads(json.dumps(parser.specification))
    validate(document)
    api = OpenAPI.from_dict(document)
    good = MockRequest("https://shop.example", "post", "/items", data=json.dumps(event["item"]).encode(), args={"day": "2026-01-02"})
    request = api.unmarshal_request(good)
    wrong = MockRequest("https://shop.example", "post", "/items", data=b'{"name": 3}', args={"day": "x"})
    problems = [type(e).__name__ for e in api.unmarshal_request(wrong).errors]
    answer = api.unmarshal_response(good, MockResponse(b'{"id": "0f8fad5b-d9cb-469f-a165-70867728950e"}', status_code=200))
    try:
        api.validate_response(good, MockResponse(b"{}", status_code=200))
        missing = None
    except OpenAPIError as error:
        missing = type(error).__name__
    newer = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/a/{b}": {"get": {"responses": {}}}}}
    return {
        "name": request.body["name"], "day": request.parameters.query["day"].isoformat(),
        "problems": problems, "answer": type(answer.data["id"]).__name__,
        "missing": missing, "newer": [e.message for e in OpenAPIV31SpecValidator(newer).iter_errors()], "paths": list(document["paths"]),
    }
