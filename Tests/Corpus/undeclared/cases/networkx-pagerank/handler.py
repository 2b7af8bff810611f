import networkx as nx


def handler(event, context):
    links = nx.DiGraph()
    for page, targets in event["links"].items():
        links.add_edges_from((page, target) for target in targets)
    ranks = nx.pagerank(links, alpha=0.85)
    return sorted(((page, round(rank, 3)) for page, rank in ranks.items()), key=lambda x: (-x[1], x[0]))
