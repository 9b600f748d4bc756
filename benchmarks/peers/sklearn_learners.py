"""The peer for the learners benchmark: scikit-learn's learner of the same name on the same rows.

Debian: apt-get install python3-sklearn
Run:    /usr/bin/python3 benchmarks/peers/sklearn_learners.py logistic_regression rows.bin 28 2

The file holds little-endian float64, row by row: the label, then the features. Prints one line of JSON: the seconds of
the first fit and of one once warm, and what the fit is worth (the loss or inertia that it minimises, or the accuracy on
the last tenth of the rows).
"""
import json
import sys

import numpy
from threadpoolctl import threadpool_limits
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.decomposition import PCA
from sklearn.ensemble import ExtraTreesClassifier, IsolationForest, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier

import stages

HELD_OUT = 0.1
NEIGHBOR_ROWS = 1000


class Reconstruction:
    """What ours does: components, the error of every row, and the threshold."""

    def fit(self, rows, _):
        scaled = PCA(0.95, svd_solver="full").fit(rows)
        errors = ((rows - scaled.inverse_transform(scaled.transform(rows))) ** 2).sum(axis=1)
        self.threshold = numpy.quantile(errors, 0.99)


def training_loss(model, rows, labels):
    return log_loss(labels, model.predict_proba(rows))


name, path, features, threads = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
table = numpy.fromfile(path).reshape(-1, features + 1)
training = int(len(table) * (1 - HELD_OUT))
rows, labels = numpy.ascontiguousarray(table[:training, 1:]), table[:training, 0]
held, truth = table[training:, 1:], table[training:, 0]
models = {
    "logistic_regression": (LogisticRegression(max_iter=1000), lambda model: training_loss(model, rows, labels)),
    "random_forest": (RandomForestClassifier(n_jobs=threads, random_state=1), lambda model: model.score(held, truth)),
    "extra_trees": (ExtraTreesClassifier(n_jobs=threads, random_state=1), lambda model: model.score(held, truth)),
    "isolation_forest": (IsolationForest(n_jobs=threads, random_state=1, contamination=0.1), lambda model: 0.0),
    "kmeans": (KMeans(8, n_init=10, random_state=1), lambda model: model.inertia_),
    "mini_batch_kmeans": (MiniBatchKMeans(8, n_init=3, random_state=1), lambda model: -model.score(rows)),
    "pca_anomaly": (Reconstruction(), lambda model: 0.0),
    "nearest_neighbors": (KNeighborsClassifier(5, n_jobs=threads), lambda model: model.score(held[:NEIGHBOR_ROWS], truth[:NEIGHBOR_ROWS])),
    "naive_bayes": (GaussianNB(), lambda model: model.score(held, truth)),
}
model, worth = models[name]
with threadpool_limits(threads):
    first = stages.timed(lambda: model.fit(rows, labels))
    fit = stages.timed_warm(lambda: model.fit(rows, labels), first)
print(json.dumps({"FirstFitSeconds": first, "FitSeconds": fit, "Worth": float(worth(model))}))
