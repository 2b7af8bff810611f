"""Firebase: a custom token, a message, and a Firestore value, none of them sent."""

import firebase_admin
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from firebase_admin import auth, credentials, firestore, messaging


def handler(event, context):
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    account = {
        "type": "service_account", "project_id": "shop", "private_key_id": "1", "private_key": pem.decode(),
        "client_email": "a@shop.iam.gserviceaccount.com", "token_uri": "https://oauth2.googleapis.com/token",
    }
    app = firebase_admin.initialize_app(credentials.Certificate(account), {"projectId": "shop"})
    token = auth.create_custom_token(event["uid"], {"admin": True})
    claims = jwt.decode(token, key.public_key(), algorithms=["RS256"],
                        audience="https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit")
    message = messaging.Message(
        topic="news", notification=messaging.Notification("t", "b"),
        android=messaging.AndroidConfig(ttl=60, priority="high"))
    encoded = messaging._MessagingService.encode_message(message)
    database = firestore.client(app)
    document = database.collection("orders").document("1")
    return {"uid": claims["uid"], "claims": claims["claims"], "message": encoded, "path": document.path,
            "query": str(firestore.Query.DESCENDING)}
