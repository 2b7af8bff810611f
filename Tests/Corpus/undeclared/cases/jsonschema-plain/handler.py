import jsonschema

SCHEMA = {
    "type": "object",
    "required": ["sku"],
    "additionalProperties": False,
    "properties": {"sku": {"type": "string"}, "count": {"type": "integer", "minimum": 1}},
}


def handler(event, context):
    answers = []
    for item in event["items"]:
        try:
            jsonschema.validate(item, SCHEMA)
            answers.append("ok")
        except jsonschema.ValidationError as error:
            answers.append(f"{error.json_path}: {error.validator}")
    return answers
