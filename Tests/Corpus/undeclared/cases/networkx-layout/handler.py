import networkx as nx


def handler(event, context):
    graph = nx.path_graph(event["n"])
    positions = nx.circular_layout(graph, scale=10)
    matrix = nx.to_numpy_array(graph, dtype=int)
    return {
        "positions": {str(n): [round(float(v), 2) for v in xy] for n, xy in positions.items()},
        "edges": int(matrix.sum() // 2),
    }
