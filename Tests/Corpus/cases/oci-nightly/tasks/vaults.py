import base64

from oci.vault.models import Base64SecretContentDetails, UpdateSecretDetails


class Rotate:
    def __init__(self, session, options):
        self.secrets, self.vault, self.secret = session.client("secrets", "SecretsClient"), session.client("vault", "VaultsClient"), options["secret"]

    def run(self):
        bundle = self.secrets.get_secret_bundle(self.secret).data
        old = base64.b64decode(bundle.secret_bundle_content.content).decode()
        fresh = Base64SecretContentDetails(content=base64.b64encode(old[::-1].encode()).decode())
        return [type(bundle.secret_bundle_content).__name__, old, self.vault.update_secret(self.secret, UpdateSecretDetails(secret_content=fresh)).data.lifecycle_state]
