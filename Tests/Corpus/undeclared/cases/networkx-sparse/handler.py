import networkx as nx


def handler(event, context):
    graph = nx.Graph([tuple(edge) for edge in event["edges"]])
    matrix = nx.to_scipy_sparse_array(graph, nodelist=sorted(graph), format="csr")
    return {"shape": list(matrix.shape), "degrees": [int(n) for n in matrix.sum(axis=1)]}
