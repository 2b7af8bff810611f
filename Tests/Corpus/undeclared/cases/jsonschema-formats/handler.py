from jsonschema import Draft202012Validator

SCHEMA = {
    "type": "object",
    "properties": {
        "at": {"type": "string", "format": "date-time"},
        "host": {"type": "string", "format": "hostname"},
    },
}
validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def handler(event, context):
    return [
        sorted(error.json_path for error in validator.iter_errors(each)) for each in event["documents"]
    ]
