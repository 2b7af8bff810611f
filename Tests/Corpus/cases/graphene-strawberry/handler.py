"""Two GraphQL libraries over one core."""

import dataclasses

import graphene
import strawberry
from graphql import build_schema, print_schema, validate, parse


class Product(graphene.ObjectType):
    name = graphene.String(required=True)
    price = graphene.Float()


class Query(graphene.ObjectType):
    products = graphene.List(Product, limit=graphene.Int(default_value=2))

    def resolve_products(root, info, limit):
        return [Product(name=n, price=p) for n, p in info.context["products"]][:limit]


@strawberry.type
class Order:
    number: int

    @strawberry.field
    def total(self, tax: float = 0.2) -> float:
        return round(self.number * (1 + tax), 2)


@strawberry.type
class Orders:
    @strawberry.field
    def orders(self) -> list[Order]:
        return [Order(number=1), Order(number=2)]


def handler(event, context):
    schema = graphene.Schema(query=Query)
    one = schema.execute(event["query"], context={"products": event["products"]})
    two = strawberry.Schema(Orders).execute_sync("{ orders { number total(tax: 0.5) } }")
    wrong = schema.execute("{ nothing }")
    built = build_schema("type Query { a: Int @deprecated }")
    return {"graphene": one.data, "strawberry": two.data, "wrong": wrong.errors[0].message,
            "sdl": print_schema(built).split()[:3], "invalid": len(validate(built, parse("{ b }"))),
            "fields": [f.name for f in dataclasses.fields(Order)]}
