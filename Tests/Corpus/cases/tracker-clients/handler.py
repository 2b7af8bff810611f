"""GitHub, Jira and Salesforce: their objects over answers that are made up here."""

import io
import json

import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from github import Auth, Github, GithubException, GithubIntegration
from jira import JIRA, JIRAError
from jira.resources import Issue
from requests.adapters import BaseAdapter
from simple_salesforce import Salesforce, format_soql
from simple_salesforce.exceptions import SalesforceMalformedRequest

ANSWERS = {
    "/repos/shop/tea": {"full_name": "shop/tea", "stargazers_count": 3, "url": "https://api.github.com/repos/shop/tea"},
    "/repos/shop/tea/issues": [{"number": n, "title": f"t{n}", "labels": [{"name": "bug"}], "created_at": "2026-01-02T03:04:05Z"} for n in (1, 2)],
    "/rest/api/2/serverInfo": {"versionNumbers": [9, 4, 0], "baseUrl": "https://jira.example"},
    "/rest/api/2/field": [{"id": "summary", "name": "Summary", "schema": {"type": "string"}}],
    "/rest/api/2/search": {"total": 1, "startAt": 0, "maxResults": 50, "issues": [{"id": "1", "key": "TEA-1", "self": "s", "fields": {"summary": "brew", "status": {"name": "Open", "self": "https://jira.example/rest/api/2/status/1"}}}]},
    "/services/data/v59.0/query/": {"totalSize": 1, "done": True, "records": [{"attributes": {"type": "Account"}, "Id": "1", "Name": "Ann"}]},
}


class Offline(BaseAdapter):
    def send(self, request, **kwargs):
        response = requests.Response()
        path = request.path_url.partition("?")[0]
        body = ANSWERS.get(path)
        response.status_code = 200 if body is not None else 404
        response.raw, response.url, response.request = io.BytesIO(), request.url, request
        response._content = json.dumps(body if body is not None else {"message": "Not Found"}).encode()
        response.headers["content-type"] = "application/json"
        response.encoding = "utf-8"
        return response

    def close(self):
        pass


requests.Session.get_adapter = lambda self, url: Offline()


def handler(event, context):
    hub = Github(auth=Auth.Token("t"), retry=None, seconds_between_requests=None)
    repository = hub.get_repo(event["repository"])
    issues = [[i.number, i.title, i.labels[0].name, i.created_at.year] for i in repository.get_issues(state="open")]
    try:
        hub.get_repo("shop/none")
    except GithubException as error:
        missing = error.status
    jira = JIRA("https://jira.example", token_auth="t", max_retries=0)
    found = jira.search_issues("project = TEA")
    try:
        jira.issue("TEA-9")
    except JIRAError as error:
        nothing = error.status_code
    force = Salesforce(instance="shop.my.salesforce.com", session_id="s", version="59.0")
    accounts = force.query(format_soql("SELECT Id FROM Account WHERE Name = {}", "O'Neil"))
    try:
        force.Contact.get("9")
        absent = None
    except Exception as error:
        absent = type(error).__name__
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()
    token = GithubIntegration(auth=Auth.AppAuth(1, pem)).create_jwt()
    return {
        "repository": [repository.full_name, repository.stargazers_count], "issues": issues, "missing": missing, "jwt": token.count("."),
        "jira": [[i.key, i.fields.summary, i.fields.status.name, isinstance(i, Issue)] for i in found], "nothing": nothing,
        "accounts": [r["Name"] for r in accounts["records"]], "absent": absent, "soql": format_soql("{} {:like}%", ["a", "b"], "c_"),
        "malformed": SalesforceMalformedRequest.__mro__[1].__name__, "bulk": type(force.bulk2.Account).__name__,
    }
