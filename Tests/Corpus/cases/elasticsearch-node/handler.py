"""Elasticsearch's client over a node of our own; serializers and node classes found by name."""

from elastic_transport import ApiResponseMeta, BaseNode, HttpHeaders
from elastic_transport._node import NodeApiResponse
from elasticsearch import Elasticsearch, NotFoundError, helpers
from elasticsearch.dsl import Q, Search

seen = []


class Node(BaseNode):
    def perform_request(self, method, target, body=None, headers=None, request_timeout=None):
        seen.append([method, target.partition("?")[0], len(body or b"")])
        status, answer = 200, b'{"hits": {"total": {"value": 1, "relation": "eq"}, "hits": [{"_id": "7", "_index": "i", "_source": {"a": "b"}}]}}'
        if "_bulk" in target:
            answer = b'{"errors": false, "items": [{"index": {"_id": "1", "status": 201}}]}'
        if "missing" in target:
            status, answer = 404, b'{"found": false}'
        headers = HttpHeaders({"content-type": "application/vnd.elasticsearch+json;compatible-with=9", "x-elastic-product": "Elasticsearch"})
        return NodeApiResponse(ApiResponseMeta(status, "1.1", headers, 0.0, self.config), answer)


def handler(event, context):
    client = Elasticsearch("http://e.example:9200", node_class=Node, meta_header=False)
    bulk = helpers.bulk(client, [{"_index": "i", "a": event["a"]}])
    search = Search(using=client, index="i").query(Q("match", a="b")).sort("-n")[:5]
    found = [hit.to_dict() for hit in search.execute()]
    try:
        client.get(index="i", id="missing")
    except NotFoundError as error:
        missing = error.status_code
    return {"bulk": bulk, "found": found, "query": search.to_dict(), "missing": missing,
            "seen": [[m, t] for m, t, _ in seen]}
