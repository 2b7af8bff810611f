from kombu.serialization import dumps, loads


def handler(event, context):
    content_type, encoding, body = dumps(event["message"], serializer="msgpack")
    back = loads(body, content_type, encoding, accept=["application/x-msgpack"])
    return {"type": content_type, "size": len(body), "back": back}
