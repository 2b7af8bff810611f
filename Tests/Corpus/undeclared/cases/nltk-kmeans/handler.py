import random

from nltk.cluster import KMeansClusterer, euclidean_distance


def handler(event, context):
    from nltk.cluster.kmeans import numpy

    points = [numpy.array(point) for point in event["points"]]
    clusterer = KMeansClusterer(2, euclidean_distance, rng=random.Random(4), avoid_empty_clusters=True)
    clusters = clusterer.cluster(points, assign_clusters=True)
    return {"together": [clusters[0] == c for c in clusters]}
