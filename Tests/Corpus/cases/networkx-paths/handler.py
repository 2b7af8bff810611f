"""Graphs: lazily imported algorithms, dispatch to back ends, drawing left alone."""

import io

import networkx as nx


def handler(event, context):
    graph = nx.Graph()
    graph.add_weighted_edges_from(event["edges"])
    digraph = nx.DiGraph([("a", "b"), ("b", "c"), ("a", "c")])
    written = io.BytesIO()
    nx.write_graphml(graph, written, prettyprint=False)
    written.seek(0)
    read = nx.read_graphml(written)
    return {
        "path": nx.dijkstra_path(graph, "a", "d"), "length": nx.shortest_path_length(graph, "a", "d", "weight"),
        "order": list(nx.topological_sort(digraph)), "cycle": nx.is_directed_acyclic_graph(digraph),
        "tree": sorted(map(sorted, nx.minimum_spanning_tree(graph).edges())),
        "between": {k: round(v, 3) for k, v in sorted(nx.betweenness_centrality(graph).items())},
        "flow": nx.maximum_flow_value(graph, "a", "d", capacity="weight"),
        "colours": max(nx.greedy_color(graph, "largest_first").values()), "graphml": sorted(read.nodes),
        "generated": nx.karate_club_graph().number_of_edges(),
        "communities": len(nx.community.greedy_modularity_communities(nx.karate_club_graph())),
        "json": nx.node_link_data(digraph, edges="links")["directed"],
    }
