"""RDFLib: parsers, serialisers, stores and result formats, all plug-ins that are named by strings."""

from rdflib import Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import FOAF, RDF, XSD
from rdflib.plugins.sparql import prepareQuery

SHOP = Namespace("https://shop.example/")


def handler(event, context):
    graph = Graph().parse(data=event["turtle"], format=event["format"])
    graph.bind("shop", SHOP)
    graph.add((SHOP.pot, SHOP.price, Literal("2.50", datatype=XSD.decimal)))
    query = prepareQuery("SELECT ?n WHERE { ?p a foaf:Person ; foaf:name ?n } ORDER BY ?n", initNs={"foaf": FOAF})
    names = [str(row.n) for row in graph.query(query)]
    graph.update("INSERT DATA { <https://shop.example/x> <https://shop.example/price> 3.5 }")
    total = graph.query("SELECT (SUM(?v) AS ?t) (COUNT(*) AS ?c) WHERE { ?s <https://shop.example/price> ?v }")
    formats = {name: Graph().parse(data=graph.serialize(format=name), format=name) for name in ("xml", "json-ld", "nt", "n3")}
    dataset = Dataset()
    dataset.graph(SHOP.g).add((SHOP.a, RDF.type, FOAF.Agent))
    return {
        "names": names, "total": [[str(v) for v in row] for row in total],
        "same": {name: len(other) == len(graph) for name, other in formats.items()},
        "csv": graph.query(query).serialize(format="csv").decode().split(), "json": len(total.serialize(format="json")) > 20,
        "ask": bool(graph.query("ASK { ?s a foaf:Person }", initNs={"foaf": FOAF})), "trig": "Agent" in dataset.serialize(format="trig"),
        "nquads": len(Dataset().parse(data=dataset.serialize(format="nquads"), format="nquads")),
        "hext": len(graph.serialize(format="hext").splitlines()), "label": graph.value(URIRef("https://shop.example/ann"), FOAF.name),
    }
