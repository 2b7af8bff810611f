"""A product search on Amazon OpenSearch: documents, a signed client, bulk, pages, and a faceted search."""

import json

import responses
from botocore.credentials import Credentials
from opensearchpy import (
    A, Date, Document, FacetedSearch, Float, Keyword, NotFoundError, OpenSearch, Q, RequestsAWSV4SignerAuth,
    RequestsHttpConnection, Search, TermsFacet, Text, analyzer, connections, helpers, token_filter,
)
from requests_aws4auth import AWS4Auth
from responses import matchers

HOST = "search-shop.eu-central-1.es.amazonaws.com"
URL = f"https://{HOST}:443"
stemmed = analyzer("stemmed", tokenizer="standard", filter=["lowercase", token_filter("stem", "stemmer", language="english")])


class Product(Document):
    title = Text(analyzer=stemmed, fields={"raw": Keyword()})
    price = Float()
    tags = Keyword(multi=True)
    added = Date()

    class Index:
        name = "products"
        settings = {"number_of_shards": 1}


class ProductSearch(FacetedSearch):
    doc_types = [Product]
    index = "products"
    fields = ["title^3", "tags"]
    facets = {"tags": TermsFacet(field="tags", size=5)}


def client(auth):
    return OpenSearch([{"host": HOST, "port": 443}], http_auth=auth, use_ssl=True, connection_class=RequestsHttpConnection)


@responses.activate
def handler(event, context):
    hits = [{"_index": "products", "_id": str(n), "_score": 1.0, "_source": p} for n, p in enumerate(event["products"])]
    found = {"took": 1, "timed_out": False, "_shards": {"total": 1, "successful": 1, "failed": 0}, "_scroll_id": "s",
             "hits": {"total": {"value": len(hits), "relation": "eq"}, "hits": hits},
             "aggregations": {"_filter_tags": {"doc_count": 2, "tags": {"buckets": [{"key": "hot", "doc_count": 2}]}}}}
    responses.post(f"{URL}/products/_search", json=found)
    responses.post(f"{URL}/_search/scroll", json=found | {"hits": {"total": 0, "hits": []}})
    responses.delete(f"{URL}/_search/scroll", json={"succeeded": True})
    responses.get(f"{URL}/products/_doc/9", status=404, json={"_index": "products", "found": False})
    responses.post(f"{URL}/_bulk", json={"errors": True, "items": [{"index": {"_id": "0", "status": 201}}, {"index": {"_id": "1", "status": 400, "error": {"type": "mapper"}}}]})
    responses.get(f"{URL}/_plugins/_knn/stats", json={"circuit_breaker_triggered": False})
    responses.get(f"{URL}/_cluster/health", json={"status": "green"}, match=[matchers.query_param_matcher({"level": "shards"})])
    signed = client(RequestsAWSV4SignerAuth(Credentials("AK", "SK", "T"), "eu-central-1", "es"))
    connections.add_connection("default", signed)
    search = Search(using=signed, index="products").query(Q("match", title=event["query"]) & ~Q("term", tags="old"))
    search = search.filter("range", price={"lte": 5}).highlight("title").sort("-price")
    search.aggs.bucket("by_tag", A("terms", field="tags")).metric("mean", "avg", field="price")
    done, failed = helpers.bulk(signed, ({"_index": "products", "_id": n, **p} for n, p in enumerate(event["products"])), raise_on_error=False)
    try:
        Product.get("9")
    except NotFoundError as error:
        missing = [error.status_code, type(error).__name__]
    faceted = ProductSearch(event["query"], {"tags": ["hot"]}).execute()
    other = client(AWS4Auth("AK", "SK", "eu-central-1", "es"))
    sent = responses.calls[0].request.headers["Authorization"]
    return {
        "query": search.to_dict(), "titles": [p.title for p in Product.search().execute()], "dates": [p.added.year for p in Product.search().execute()],
        "bulk": [done, len(failed)], "missing": missing, "facets": [list(f) for f in faceted.facets.tags], "knn": other.knn.stats(),
        "scan": [h["_id"] for h in helpers.scan(other, index="products", query={"query": {"match_all": {}}})],
        "health": other.cluster.health(level="shards")["status"], "signed": [sent.split(" ")[0], "es/aws4_request" in sent],
        "other": responses.calls[-1].request.headers["Authorization"].split(" ")[0], "index": Product._index.to_dict(),
        "body": json.loads(responses.calls[-2].request.body or "{}") if responses.calls[-2].request.body else None,
    }
