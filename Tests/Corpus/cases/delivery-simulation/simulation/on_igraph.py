import random

import igraph as ig


class Graph:
    def __init__(self, places, roads):
        self.graph = ig.Graph.TupleList(roads, edge_attrs=["minutes", "km"])
        self.lengths = self.graph.distances(weights="minutes")
        self.at = {v["name"]: v.index for v in self.graph.vs}

    def minutes(self, a, b):
        return self.lengths[self.at[a]][self.at[b]]

    def facts(self):
        graph = self.graph
        name = graph.vs["name"]
        random.seed(5)
        ig.set_random_number_generator(random)
        path = graph.get_shortest_path("depot", "island", weights="minutes")
        clusters = graph.community_fastgreedy(weights="km").as_clustering()
        flow = graph.maxflow(self.at["depot"], self.at["market"], capacity="km")
        svg = graph.layout("kk", maxiter=50)
        frame = graph.copy()
        frame.vs["size"] = graph.degree()
        return {
            "path": [name[i] for i in path], "clusters": sorted(sorted(name[i] for i in c) for c in clusters), "flow": flow.value,
            "pagerank": dict(zip(name, graph.pagerank(weights="km"))), "diameter": graph.diameter(weights="minutes"), "dims": [len(svg), svg.dim],
            "summary": graph.summary(), "graphml": self.written("write_graphml"), "cliques": sorted(sorted(name[i] for i in c) for c in graph.maximal_cliques(min=3)),
            "famous": ig.Graph.Famous("Petersen").automorphism_group() and ig.Graph.Famous("Petersen").girth(), "top": frame.vs.select(size_gt=2)["name"],
        }

    def written(self, method):
        import tempfile

        with tempfile.NamedTemporaryFile(suffix=".xml") as target:
            getattr(self.graph, method)(target.name)
            return ig.Graph.Read_GraphML(target.name).ecount()
