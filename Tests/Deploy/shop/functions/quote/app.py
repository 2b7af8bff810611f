from pydantic import BaseModel, Field


class Line(BaseModel):
    sku: str
    count: int = Field(gt=0)
    cents: int


def handler(event, context):
    lines = [Line.model_validate(line) for line in event["lines"]]
    return {"skus": [line.sku for line in lines], "cents": sum(line.count * line.cents for line in lines)}
