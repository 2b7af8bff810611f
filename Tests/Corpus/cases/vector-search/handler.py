"""Qdrant in memory: vectors, filters, payload indexes, the client's two ways to say it."""

from qdrant_client import QdrantClient, models
from qdrant_client.conversions.conversion import GrpcToRest, RestToGrpc
from qdrant_client.http.exceptions import ResponseHandlingException


def handler(event, context):
    client = QdrantClient(":memory:")
    client.create_collection("items", vectors_config={"dense": models.VectorParams(size=3, distance=models.Distance.COSINE)},
                             sparse_vectors_config={"words": models.SparseVectorParams()})
    client.upsert("items", [
        models.PointStruct(id=n, payload={"name": name, "price": price, "at": f"2026-01-0{n}T00:00:00Z", "geo": {"lat": 52.5, "lon": 13.4 + n}},
                           vector={"dense": vector, "words": models.SparseVector(indices=[n, 9], values=[1.0, 0.5])})
        for n, (name, price, vector) in enumerate(event["items"], 1)])
    near = client.query_points("items", query=event["query"], using="dense", limit=2, with_payload=["name"])
    cheap = client.query_points("items", query=event["query"], using="dense", query_filter=models.Filter(
        must=[models.FieldCondition(key="price", range=models.Range(lt=3)), models.FieldCondition(key="at", range=models.DatetimeRange(gte="2026-01-02T00:00:00Z"))],
        must_not=[models.HasIdCondition(has_id=[9])]))
    fused = client.query_points("items", prefetch=[
        models.Prefetch(query=event["query"], using="dense", limit=3), models.Prefetch(query=models.SparseVector(indices=[3], values=[1.0]), using="words", limit=3)],
        query=models.FusionQuery(fusion=models.Fusion.RRF), limit=1)
    where = models.Filter(should=[models.FieldCondition(key="name", match=models.MatchAny(any=["tea", "pot"]))])
    converted = GrpcToRest.convert_filter(RestToGrpc.convert_filter(where))
    groups = client.query_points_groups("items", query=event["query"], using="dense", group_by="name", limit=2)
    try:
        QdrantClient("http://127.0.0.1:1", timeout=1, check_compatibility=False).get_collections()
        refused = None
    except ResponseHandlingException as error:
        refused = type(error).__name__
    return {
        "near": [[p.id, p.payload["name"], round(p.score, 3)] for p in near.points], "cheap": [p.id for p in cheap.points], "fused": [p.id for p in fused.points],
        "same": converted == where, "groups": [g.id for g in groups.groups], "count": client.count("items", count_filter=where).count, "refused": refused,
        "scrolled": [p.id for p in client.scroll("items", limit=9, order_by=models.OrderBy(key="price", direction="desc"))[0]], "facet": client.facet("items", key="name").hits[0].count,
    }
