import rustworkx as rx


class Graph:
    def __init__(self, places, roads):
        self.graph = rx.PyGraph(multigraph=False)
        self.at = dict(zip(places, self.graph.add_nodes_from(places)))
        for a, b, minutes, km in roads:
            self.graph.add_edge(self.at[a], self.at[b], {"minutes": minutes, "km": km})
        self.lengths = rx.all_pairs_dijkstra_path_lengths(self.graph, lambda e: e["minutes"])

    def minutes(self, a, b):
        return 0.0 if a == b else self.lengths[self.at[a]][self.at[b]]

    def facts(self):
        graph = self.graph
        tree = rx.minimum_spanning_tree(graph, weight_fn=lambda e: e["km"])
        between = rx.betweenness_centrality(graph)
        layout = rx.circular_layout(graph)
        flat = rx.adjacency_matrix(graph, weight_fn=lambda e: e["km"])
        directed = graph.to_directed()
        matching = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=lambda e: int(e["minutes"]))
        dag = rx.PyDAG()
        dag.extend_from_weighted_edge_list([(0, 1, 2), (0, 2, 5), (1, 2, 1), (2, 3, 1)])
        found = []

        class Visitor(rx.visit.BFSVisitor):
            def discover_vertex(self, v):
                found.append(graph[v])

        rx.bfs_search(graph, [self.at["depot"]], Visitor())
        return {
            "tree": sorted(sorted([graph[a], graph[b]]) for a, b, _ in tree.weighted_edge_list()), "between": {graph[i]: v for i, v in between.items()},
            "bridges": sorted(sorted(graph[i] for i in pair) for pair in rx.bridges(graph)), "cut": sorted(graph[i] for i in rx.articulation_points(graph)),
            "layout": sorted([graph[i], *map(float, p)] for i, p in layout.items())[0], "km": float(flat.sum()), "matching": sorted(sorted([graph[a], graph[b]]) for a, b in matching),
            "longest": list(rx.dag_longest_path(dag, lambda a, b, w: w)), "generations": rx.topological_generations(dag) and [list(g) for g in rx.topological_generations(dag)],
            "bfs": found, "strong": len(rx.strongly_connected_components(directed)), "generated": rx.generators.grid_graph(2, 3).num_edges(), "dot": graph.to_dot(lambda n: {"label": n}).count("--"),
        }
