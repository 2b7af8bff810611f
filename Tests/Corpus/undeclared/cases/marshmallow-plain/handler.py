from marshmallow import Schema, ValidationError, fields, validate


class Order(Schema):
    email = fields.Email(required=True)
    due = fields.Date()
    lines = fields.List(fields.Decimal(as_string=True), validate=validate.Length(min=1))


def handler(event, context):
    answers = []
    for order in event["orders"]:
        try:
            answers.append(Order().dump(Order().load(order)))
        except ValidationError as error:
            answers.append(sorted(error.messages))
    return answers
