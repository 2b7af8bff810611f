"""A GraphQL service with Ariadne (WSGI, ASGI, federation, subscriptions), asked with gql and its query builder."""

import asyncio
import io
import json
from datetime import date
from enum import Enum
from pathlib import Path

from ariadne import EnumType, InterfaceType, MutationType, ObjectType, QueryType, ScalarType, SubscriptionType, UnionType, load_schema_from_path, make_executable_schema
from ariadne.asgi import GraphQL as AsgiGraphQL
from ariadne.contrib.federation import FederatedObjectType, make_federated_schema
from ariadne.explorer import ExplorerApollo, ExplorerPlayground
from ariadne.validation import cost_validator
from ariadne.wsgi import GraphQL
from gql import Client, gql
from gql.dsl import DSLQuery, DSLSchema, dsl_gql
from gql.transport.exceptions import TransportQueryError
from gql.utilities import update_schema_scalar
from graphql import GraphQLError, print_schema

HERE = Path(__file__).parent


class Kind(Enum):
    HOT = "hot"
    COLD = "cold"


query, mutation, subscription, product, day = QueryType(), MutationType(), SubscriptionType(), ObjectType("Product"), ScalarType("Day")
found, node = UnionType("Found", lambda value, *_: "Product" if "price_cents" in value else "Shop"), InterfaceType("Node", lambda *_: "Product")
day.set_serializer(date.isoformat)
day.set_value_parser(date.fromisoformat)
SHELF = {"1": {"id": "1", "title": "tea", "price_cents": 250, "kind": Kind.HOT, "added": date(2026, 1, 2)}}


@query.field("product")
async def resolve_product(_, info, id):
    if id not in SHELF:
        raise GraphQLError("no such product", extensions={"code": "NOT_FOUND"})
    return SHELF[id]


@query.field("search")
def resolve_search(*_, text):
    return [*SHELF.values(), {"city": text}]


@mutation.field("add")
def resolve_add(*_, input):
    return {"id": "2", "price_cents": 1, **input}


@subscription.source("ticks")
async def ticks(*_, to):
    for n in range(to):
        yield n


@subscription.field("ticks")
def tick(n, *_, to):
    return n * 10


SCHEMA = make_executable_schema(load_schema_from_path(HERE / "schema.graphql"), query, mutation, subscription, product, found, node, day, EnumType("Kind", Kind), convert_names_case=True)


def post(app, body, method="POST"):
    status, data = [], json.dumps(body).encode()
    environ = {"REQUEST_METHOD": method, "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(data)), "wsgi.input": io.BytesIO(data), "PATH_INFO": "/", "QUERY_STRING": "", "HTTP_ACCEPT": "text/html"}
    answer = b"".join(app(environ, lambda code, headers: status.append(code)))
    return status[0][:3], answer.decode()


async def asked(event):
    async with Client(schema=SCHEMA) as session:
        update_schema_scalar(SCHEMA, "Day", SCHEMA.type_map["Day"])
        schema = DSLSchema(SCHEMA)
        built = dsl_gql(DSLQuery(schema.Query.product(id=event["id"]).select(schema.Product.title, schema.Product.priceCents, schema.Product.kind)))
        return await session.execute(built), [item["ticks"] async for item in session.subscribe(gql("subscription { ticks(to: 3) }"))]


def handler(event, context):
    app = GraphQL(SCHEMA, validation_rules=[cost_validator(maximum_cost=6, default_cost=1, cost_map={"Query": {"search": {"complexity": 3}}})])
    built, counted = asyncio.run(asked(event))
    shop = FederatedObjectType("Shop")
    shop.reference_resolver(lambda _, info, representation: {"id": representation["id"], "city": "Ulm"})
    federated = make_federated_schema('extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"]) type Query { shop: Shop } type Shop @key(fields: "id") { id: ID! city: String }', shop)
    try:
        asyncio.run(Client(schema=SCHEMA).execute_async(gql('{ product(id: "9") { title } }')))
    except TransportQueryError as error:
        missing = error.errors[0].extensions
    return {
        "wsgi": post(app, {"query": event["query"], "variables": {"d": "2026-03-04"}}), "costly": post(app, {"query": "{ a: search(text: \"x\") { __typename } b: search(text: \"x\") { __typename } c: search(text: \"x\") { __typename } }"})[0],
        "page": "<!doctype html>" in post(app, {}, "GET")[1].lower(), "explorers": [len(e(title="Tea").html(None)) > 500 for e in (ExplorerApollo, ExplorerPlayground)],
        "built": built, "counted": counted, "missing": missing, "asgi": type(AsgiGraphQL(SCHEMA).http_handler).__name__, "schema": print_schema(SCHEMA).count("type "),
        "federated": post(GraphQL(federated), {"query": '{ _entities(representations: [{__typename: "Shop", id: "3"}]) { ... on Shop { id city } } _service { sdl } }'})[1][:80],
    }
