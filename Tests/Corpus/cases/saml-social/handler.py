"""Single sign-on: SAML messages with pysaml2, OAuth providers that the settings name for social-auth."""

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.attribute_converter import ac_factory
from saml2.client import Saml2Client
from saml2.config import SPConfig
from saml2.s_utils import decode_base64_and_inflate
from saml2.samlp import authn_request_from_string
from social_core.backends.utils import get_backend, load_backends, user_backends_data
from social_core.storage import BaseStorage, CodeMixin, NonceMixin, PartialMixin, UserMixin
from social_core.strategy import BaseStrategy
from urllib.parse import parse_qs, urlsplit

BACKENDS = ["social_core.backends.github.GithubOAuth2", "social_core.backends.google.GoogleOAuth2", "social_core.backends.open_id_connect.OpenIdConnectAuth"]
METADATA = """<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example/md">
<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/>
</IDPSSODescriptor></EntityDescriptor>"""


class Nonces(NonceMixin):
    @classmethod
    def use(cls, server_url, timestamp, salt):
        return True


class Storage(BaseStorage):
    user, code, partial, nonce = UserMixin, CodeMixin, PartialMixin, Nonces


class Strategy(BaseStrategy):
    session = {}

    def get_setting(self, name):
        return {"SOCIAL_AUTH_GITHUB_KEY": "key", "SOCIAL_AUTH_GITHUB_SECRET": "s", "SOCIAL_AUTH_GITHUB_SCOPE": ["user:email"]}[name]

    def request_data(self, merge=True):
        return {}

    def request_host(self):
        return "shop.example"

    def build_absolute_uri(self, path=None):
        return "https://shop.example" + (path or "")

    def session_get(self, name, default=None):
        return self.session.get(name, default)

    def session_set(self, name, value):
        self.session[name] = value

    def session_pop(self, name):
        return self.session.pop(name, None)


def handler(event, context):
    config = SPConfig().load({
        "entityid": "https://shop.example/md", "xmlsec_binary": "/bin/true", "metadata": {"inline": [METADATA]},
        "service": {"sp": {
            "endpoints": {"assertion_consumer_service": [("https://shop.example/acs", BINDING_HTTP_POST)]},
            "required_attributes": ["mail", "sn"], "allow_unsolicited": True, "authn_requests_signed": False}}})
    client = Saml2Client(config)
    _, info = client.prepare_for_authenticate(entityid="https://idp.example/md", relay_state="r", binding=BINDING_HTTP_REDIRECT)
    query = parse_qs(urlsplit(dict(info["headers"])["Location"]).query)
    request = authn_request_from_string(decode_base64_and_inflate(query["SAMLRequest"][0]))
    converters = ac_factory()
    load_backends(BACKENDS, force_load=True)
    github = get_backend(BACKENDS, event["provider"])(Strategy(Storage), redirect_uri="/done")
    url = urlsplit(github.auth_url())
    return {
        "issuer": request.issuer.text, "acs": request.assertion_consumer_service_url, "relay": query["RelayState"],
        "maps": sorted(c.name_format for c in converters),
        "mail": [c._to["mail"] for c in converters if "mail" in (c._to or {})],
        "github": [url.netloc, sorted(parse_qs(url.query))], "details": github.get_user_details({"login": "ann", "name": "Ann Lee", "email": "a@b.c"}),
        "idps": [list(client.metadata.keys())],
    }
