import networkx as nx


def handler(event, context):
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(event["roads"])
    path = nx.shortest_path(graph, event["from"], event["to"], weight="weight")
    return {
        "path": path,
        "length": nx.path_weight(graph, path, "weight"),
        "order": list(nx.topological_sort(graph)),
        "cycles": list(nx.simple_cycles(graph)),
    }
