"""Clusters and anomalies: rows are scored that were fitted on."""
import numpy
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.datasets import make_blobs
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

import sets

STARTS = 10


def clusters(table, learner, count):
    """The best inertia of ten starts, once per seed."""
    rows = StandardScaler().fit_transform(table.features)
    kind = KMeans if learner == "kmeans" else MiniBatchKMeans
    found = [float(-kind(count, n_init=STARTS, random_state=seed).fit(rows).score(rows)) for seed in range(sets.SEEDS)]
    settings = {"clusters": count, "restarts": STARTS}
    return case(learner.replace("_", " "), learner, settings, {"name": "inertia", "bound": 0.01, "isRelative": True, "peer": found})


def isolation(table):
    found = [area(table, -IsolationForest(random_state=seed).fit(table.features).score_samples(table.features)) for seed in range(sets.SEEDS)]
    return case("isolation forest", "isolation_forest", {}, {"name": "roc_auc", "bound": 0.01, "isRelative": False, "peer": found}, False)


def components(table):
    rows = StandardScaler().fit_transform(table.features)
    model = PCA(0.95, svd_solver="full").fit(rows)
    if model.n_components_ == rows.shape[1]:
        # Nothing would be left but rounding.
        model = PCA(rows.shape[1] - 1, svd_solver="full").fit(rows)
    errors = ((rows - model.inverse_transform(model.transform(rows))) ** 2).sum(axis=1)
    return case("principal components", "pca_anomaly", {}, {"name": "roc_auc", "bound": 0.001, "isRelative": False, "peer": [area(table, errors)] * sets.SEEDS})


def area(table, scores):
    return float(roc_auc_score(table.labels, scores))


def case(study, learner, settings, metric, standardize=True):
    return {"study": study, "learner": learner, "settings": settings, "standardize": standardize, "metrics": [metric]}


def rare(table, normal, odd, kept):
    """The rows of one class with a few of another among them."""
    rows = numpy.concatenate([numpy.flatnonzero(table.labels == normal), numpy.flatnonzero(table.labels == odd)[:kept]])
    return sets.Table(f"{table.name}-anomalies", table.features[rows], table.labels[rows] == odd, "classification")


def generated_anomalies():
    random = numpy.random.default_rng(11)
    rows = random.multivariate_normal(numpy.zeros(6), 0.6 + 0.4 * numpy.eye(6), 3000)
    odd = random.random(3000) < 0.02
    rows[odd] = 1.8 * random.normal(size=(odd.sum(), 6))
    yield sets.Table("correlated-anomalies", rows, odd, "classification")
    centers = make_blobs(2000, 4, centers=3, random_state=12)[0]
    odd = random.random(2000) < 0.05
    centers[odd] = random.uniform(-15, 15, (odd.sum(), 4))
    yield sets.Table("scattered-anomalies", centers, odd, "classification")


def documents():
    """Name, table, task and cases."""
    samples = {table.name: table for table in sets.samples()}
    for name, count in [("iris", 3), ("wine", 3), ("digits", 10), ("breast-cancer", 5)]:
        table = samples[name]
        yield f"{name}-clusters", table, "clustering", lambda table=table, count=count: [clusters(table, "kmeans", count), clusters(table, "mini_batch_kmeans", count)]
    blobs = sets.Table("blobs", *make_blobs(3000, 5, centers=12, cluster_std=2.5, random_state=13), "classification")
    yield "blobs-clusters", blobs, "clustering", lambda: [clusters(blobs, "kmeans", 12), clusters(blobs, "mini_batch_kmeans", 12)]
    tables = [rare(samples["breast-cancer"], 0, 1, 40), rare(samples["digits"], 0, 8, 20), rare(samples["wine"], 0, 2, 10), *generated_anomalies()]
    for table in tables:
        yield table.name, table, "anomaly", lambda table=table: [isolation(table), components(table)]
