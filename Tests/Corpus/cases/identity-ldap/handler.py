"""Who is it? A directory that is none, tokens, one-time passwords, OAuth."""

import json

import msal
import pyotp
from jose import jws, jwt
from ldap3 import MOCK_SYNC, OFFLINE_AD_2012_R2, Connection, Server
from oauthlib.oauth2 import WebApplicationClient
from requests_oauthlib import OAuth1Session
from webauthn import generate_registration_options, options_to_json


def handler(event, context):
    connection = Connection(Server("ad", get_info=OFFLINE_AD_2012_R2), "cn=u,dc=shop", "p", client_strategy=MOCK_SYNC)
    connection.strategy.add_entry("cn=u,dc=shop", {"userPassword": "p", "sn": "U", "objectClass": "person"})
    connection.strategy.add_entry("cn=ada,dc=shop", {"sn": event["name"], "objectClass": "person", "revision": 0})
    connection.bind()
    connection.search("dc=shop", f"(sn={event['name']})", attributes=["sn"])
    token = jwt.encode({"sub": "42"}, "secret", algorithm="HS256")
    client = WebApplicationClient("id")
    parsed = client.parse_request_body_response('{"access_token": "t", "token_type": "Bearer"}')
    options = json.loads(options_to_json(generate_registration_options(rp_id="a.example", rp_name="A", user_name="u", challenge=b"c", user_id=b"i")))
    return {"found": [e.entry_dn for e in connection.entries], "claims": jwt.decode(token, "secret", algorithms=["HS256"])["sub"],
            "header": jws.get_unverified_header(token)["alg"], "uri": client.prepare_request_uri("https://a.example/auth", scope=["a"]),
            "token": parsed["access_token"], "otp": pyotp.TOTP("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").at(0), "rp": options["rp"]["id"],
            "oauth1": OAuth1Session("k").client_class if False else OAuth1Session("k", "s")._client.client.client_key, "cache": msal.SerializableTokenCache().serialize()}
