"""Users and groups of an Okta organization, and what Casbin lets them do: roles, domains, attributes, routes."""

import asyncio
import json
import logging
from pathlib import Path
from types import SimpleNamespace

import casbin
from casbin.persist.adapters import StringAdapter
from casbin.persist.adapters.asyncio import AsyncFileAdapter
from okta.client import Client
from okta.http_client import HTTPClient
from okta.models import AddGroupRequest, CreateUserRequest, OktaUserGroupProfile, PasswordCredential, UserCredentialsWritable, UserProfile

HERE = Path(__file__).parent
USER = {"id": "00u1", "status": "ACTIVE", "created": "2026-01-02T03:04:05.000Z", "profile": {"firstName": "Ann", "lastName": "Lee", "email": "ann@example.com", "login": "ann@example.com"}}
ANSWERS = {
    "GET /api/v1/users": [USER], "POST /api/v1/users": USER | {"status": "STAGED"}, "POST /api/v1/groups": {"id": "00g1", "type": "OKTA_GROUP", "profile": {"objectClass": "okta:user_group", "name": "cooks"}},
    "GET /api/v1/apps": [{"id": "0oa1", "name": "oidc_client", "label": "Shop", "signOnMode": "OPENID_CONNECT", "status": "ACTIVE", "credentials": {"oauthClient": {"client_id": "client1"}}, "settings": {"oauthClient": {"grant_types": ["authorization_code"], "application_type": "web"}}}, {"id": "0oa2", "name": "x", "label": "Old", "signOnMode": "SAML_2_0", "status": "INACTIVE"}],
    "GET /api/v1/users/00u1/factors": [{"id": "f1", "factorType": "token:software:totp", "provider": "GOOGLE", "status": "ACTIVE"}],
}
SENT = []


class Offline(HTTPClient):
    async def send_request(self, request):
        path = request["url"].removeprefix("https://shop.okta.com").partition("?")[0]
        SENT.append([request["method"], path, request["headers"].get("Authorization", "")[:4]])
        body = ANSWERS.get(f"{request['method']} {path}")
        status = 404 if body is None else 200
        body = body if body is not None else {"errorCode": "E0000007", "errorSummary": "Not found: user", "errorLink": "E0000007", "errorId": "1", "errorCauses": []}
        headers = {"Content-Type": "application/json"}
        return None, SimpleNamespace(status=status, reason="", headers=headers, content_type="application/json", links={}), json.dumps(body), None


async def organization(event):
    client = Client({"orgUrl": "https://shop.okta.com", "token": "t", "httpClient": Offline, "cache": {"enabled": True}})
    users, _, _ = await client.list_users()
    profile = UserProfile(first_name="Ann", last_name="Lee", email=event["email"], login=event["email"])
    made, _, _ = await client.create_user(CreateUserRequest(profile=profile, credentials=UserCredentialsWritable(password=PasswordCredential(value="s3cret!"))))
    group, _, _ = await client.add_group(AddGroupRequest(profile=OktaUserGroupProfile(name="cooks")))
    applications, _, _ = await client.list_applications()
    factors, _, _ = await client.list_factors("00u1")
    _, _, error = await client.get_user("none")
    return {"users": [[u.profile.last_name, u.status, u.created.year] for u in users], "made": made.status, "group": [group.id, group.type], "apps": [[type(a).__name__, a.label] for a in applications],
            "factors": [[type(f).__name__, f.factor_type] for f in factors], "error": [error.status, error.error_code, error.message], "sent": SENT[:2]}


async def by_file(rows):
    enforcer = casbin.AsyncEnforcer(str(HERE / "rbac.conf"), AsyncFileAdapter(str(HERE / "policy.csv")))
    await enforcer.load_policy()
    return [enforcer.enforce(*row) for row in rows]


def handler(event, context):
    logging.disable(logging.CRITICAL)
    roles = casbin.Enforcer(str(HERE / "rbac.conf"), str(HERE / "policy.csv"))
    model = casbin.Enforcer.new_model(text="[request_definition]\nr = sub, obj, act\n[policy_definition]\np = rule, obj, act\n[policy_effect]\ne = some(where (p.eft == allow))\n"
                                           "[matchers]\nm = eval(p.rule) && keyMatch2(r.obj, p.obj) && regexMatch(r.act, p.act)")
    attributes = casbin.FastEnforcer(model, StringAdapter("p, r.sub.age > 18 && r.sub.city == 'Ulm', /orders/:id, (GET)|(PUT)"))
    grown, child = SimpleNamespace(age=30, city="Ulm"), SimpleNamespace(age=9, city="Ulm")
    before = [roles.enforce(*row) for row in event["rows"]]
    roles.add_role_for_user_in_domain("bob", "cook", "ulm")
    roles.add_policy("cook", "ulm", "soup", "eat")
    return {
        "organization": asyncio.run(organization(event)), "before": before, "file": asyncio.run(by_file(event["rows"])), "after": [roles.enforce(*row) for row in event["rows"]],
        "why": roles.enforce_ex("ann", "ulm", "soup", "cook"), "implicit": sorted(roles.get_implicit_permissions_for_user("ann", "ulm")), "roles": roles.get_implicit_roles_for_user("ann", "ulm"),
        "attributes": [attributes.enforce(who, "/orders/7", act) for who in (grown, child) for act in ("GET", "DELETE")],
    }
