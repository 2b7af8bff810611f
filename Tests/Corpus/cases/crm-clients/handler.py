"""Customers in HubSpot, Jira, Confluence and Auth0: large generated clients, against answers from a local server."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import jwt
from atlassian import Confluence, Jira
from atlassian.errors import ApiError as AtlassianError
from auth0.authentication import GetToken
from auth0.authentication.token_verifier import SymmetricSignatureVerifier, TokenVerifier
from auth0.management import ManagementClient
from auth0.management.core.api_error import ApiError
from hubspot import HubSpot
from hubspot.crm.companies import SimplePublicObjectInput
from hubspot.crm.contacts import Filter, FilterGroup, PublicObjectSearchRequest, SimplePublicObjectInputForCreate
from hubspot.crm.contacts.exceptions import ApiException
from hubspot.utils.signature import Signature

ANN = {"id": "1", "properties": {"email": "ann@example.com"}, "createdAt": "2026-01-02T03:04:05Z", "updatedAt": "2026-01-02T03:04:05Z", "archived": False}
USER = {"user_id": "auth0|1", "email": "ann@example.com", "created_at": "2026-01-02T03:04:05.000Z", "identities": [{"connection": "db", "provider": "auth0", "isSocial": False}]}
ANSWERS = {
    "GET /crm/v3/objects/contacts": {"results": [ANN]}, "POST /crm/v3/objects/contacts": ANN, "POST /crm/v3/objects/contacts/search": {"total": 1, "results": [ANN]},
    "PATCH /crm/v3/objects/companies/7": ANN | {"id": "7"}, "GET /crm/v3/pipelines/deals": {"results": [{"id": "p", "label": "Sales", "displayOrder": 0, "stages": [], "createdAt": "2026-01-02T03:04:05Z", "updatedAt": "2026-01-02T03:04:05Z", "archived": False}]},
    "GET /account-info/v3/details": {"portalId": 3}, "GET /rest/api/2/issue/TEA-1": {"key": "TEA-1", "fields": {"summary": "brew"}}, "POST /rest/api/2/issue": {"key": "TEA-2"},
    "GET /rest/api/content/5": {"id": "5", "title": "Tea", "body": {"storage": {"value": "<p>x</p>"}}}, "GET /rest/api/search": {"results": [{"title": "Tea"}]},
    "POST /oauth/token": {"access_token": "t", "expires_in": 60, "token_type": "Bearer"}, "GET /api/v2/users": {"start": 0, "limit": 50, "length": 1, "total": 1, "users": [USER]}, "POST /api/v2/users": USER,
    "GET /api/v2/roles/r1": {"id": "r1", "name": "cook"}, "GET /api/v2/clients": {"start": 0, "limit": 50, "total": 1, "clients": [{"client_id": "c", "name": "Shop"}]},
}


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        found = ANSWERS.get(f"{self.command} {self.path.partition('?')[0]}")
        if "page=1&" in self.path:
            found = {key: [] if isinstance(value, list) else value for key, value in found.items()}
        body = json.dumps(found if found is not None else {"statusCode": 404, "error": "Not Found", "message": "nothing here"}).encode()
        created = self.command == "POST" and not self.path.endswith(("search", "token"))
        self.send_response(404 if found is None else 201 if created else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PATCH = answer

    def log_message(self, *args):
        pass


def hubspot(url, event):
    hub = HubSpot(access_token="t", host=url)
    search = PublicObjectSearchRequest(filter_groups=[FilterGroup(filters=[Filter(property_name="email", operator="EQ", value=event["email"])])], limit=5)
    try:
        hub.crm.deals.basic_api.get_by_id("9")
    except Exception as error:
        missing = [error.status, isinstance(error, ApiException)]
    return {"all": [c.properties["email"] for c in hub.crm.contacts.get_all()], "made": hub.crm.contacts.basic_api.create(SimplePublicObjectInputForCreate(properties={"email": event["email"]}, associations=[])).created_at.year,
            "found": hub.crm.contacts.search_api.do_search(search).total, "company": hub.crm.companies.basic_api.update("7", SimplePublicObjectInput(properties={"name": "Tea"})).id, "missing": missing,
            "pipelines": [p.label for p in hub.crm.pipelines.pipelines_api.get_all("deals").results], "signature": Signature.is_valid(Signature.get_signature("s", "{}", "v1"), "s", "{}", signature_version="v1"),
            "apis": [type(a).__name__ for a in (hub.cms.blogs.tags.tag_api, hub.marketing.forms.forms_api, hub.automation.actions.definitions_api)]}


def atlassian(url, event):
    jira, wiki = Jira(url, token="t"), Confluence(url, username="u", password="p", cloud=False)
    try:
        wiki.get_page_by_id("6")
    except AtlassianError as error:
        missing = [type(error).__name__, error.reason.response.status_code]
    return {"issue": jira.issue("TEA-1")["fields"]["summary"], "made": jira.issue_create({"summary": "x", "project": {"key": "TEA"}})["key"],
            "page": wiki.get_page_by_id("5", expand="body.storage")["title"], "found": [r["title"] for r in wiki.cql("type=page")["results"]], "missing": missing}


def auth0(url, event):
    host = url.removeprefix("http://")
    token = GetToken(host, "client", client_secret="s", protocol="http").client_credentials("aud")["access_token"]
    client = ManagementClient(domain=host, token=token, httpx_client=httpx.Client(transport=Plain()))
    try:
        client.users.get("none")
    except ApiError as error:
        missing = [error.status_code, type(error).__name__]
    now = int(time.time())
    signed = jwt.encode({"iss": "https://shop/", "aud": "client", "sub": "u", "iat": now, "exp": now + 60, "nonce": "n"}, "secret" * 8, headers={"kid": "1"})
    verified = TokenVerifier(SymmetricSignatureVerifier("secret" * 8), "https://shop/", "client").verify(signed, nonce="n")
    return {"users": [[u.email, u.identities[0].provider] for u in client.users.list()], "made": client.users.create(connection="db", email=event["email"]).user_id, "role": client.roles.get("r1").name,
            "clients": [c.name for c in client.clients.list()], "missing": missing, "verified": verified["sub"]}


class Plain(httpx.HTTPTransport):
    def handle_request(self, request):
        request.url = request.url.copy_with(scheme="http")
        return super().handle_request(request)


def handler(event, context):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    return {"hubspot": hubspot(url, event), "atlassian": atlassian(url, event), "auth0": auth0(url, event)}
