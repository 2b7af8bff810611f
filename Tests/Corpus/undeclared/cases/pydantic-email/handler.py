from pydantic import BaseModel, EmailStr, ValidationError


class Signup(BaseModel):
    email: EmailStr
    newsletter: bool = False


def handler(event, context):
    accepted, refused = [], 0
    for each in event["signups"]:
        try:
            accepted.append(Signup.model_validate(each).email)
        except ValidationError as error:
            refused += error.error_count()
    return {"accepted": accepted, "refused": refused}
