import jwt

SECRET = "a secret that is long enough for sha256"


def handler(event, context):
    token = jwt.encode({"sub": event["user"], "aud": "shop"}, SECRET, algorithm="HS256")
    claims = jwt.decode(token, SECRET, algorithms=["HS256"], audience="shop")
    try:
        jwt.decode(token, "another secret that is long enough 123", algorithms=["HS256"])
    except jwt.InvalidSignatureError:
        return {"sub": claims["sub"], "forged": "refused"}
