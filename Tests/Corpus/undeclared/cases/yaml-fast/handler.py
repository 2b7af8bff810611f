import yaml

try:
    from yaml import CSafeLoader as Loader
except ImportError:
    from yaml import SafeLoader as Loader


def handler(event, context):
    document = yaml.load(event["text"], Loader=Loader)
    return {"keys": sorted(document), "text": yaml.safe_dump(document, sort_keys=True)}
