import networkx as nx


def handler(event, context):
    graph = nx.Graph()
    graph.add_edges_from((a, b, {"km": km}) for a, b, km in event["roads"])
    tree = nx.minimum_spanning_tree(graph, weight="km")
    frame = nx.to_pandas_edgelist(tree).sort_values(["source", "target"])
    return frame.to_dict(orient="records")
