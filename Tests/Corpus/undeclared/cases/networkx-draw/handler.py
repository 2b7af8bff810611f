import io

import networkx as nx


def handler(event, context):
    graph = nx.cycle_graph(event["n"])
    nodes = nx.circular_layout(graph)
    nx.draw_networkx(graph, pos=nodes, node_color="white", with_labels=True)

    from matplotlib import pyplot

    buffer = io.BytesIO()
    pyplot.savefig(buffer, format="svg")
    return {"svg": buffer.getvalue().count(b"<svg"), "nodes": len(nodes)}
