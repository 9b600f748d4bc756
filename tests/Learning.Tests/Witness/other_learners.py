"""Writes other_learners.json: what scikit-learn's neighbours, naive Bayes, components, clusters and isolation forests say of samples/.
Run here: /usr/bin/python3 other_learners.py"""
import json

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score, silhouette_score
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.preprocessing import StandardScaler

SHOWN = 12


def load(name, scale=True):
    table = pd.read_csv(f"../../../samples/{name}.csv")
    features = table.iloc[:, :-1].to_numpy(float)
    return (StandardScaler().fit_transform(features) if scale else features), table.iloc[:, -1].to_numpy()


def moved(features):
    """Rows that no training row equals, so that neighbours are no ties."""
    return features[:SHOWN] * 0.9 + 0.1


supervised = []
for learner, data, settings, model, scale in [
    ("nearest_neighbors", "iris", {"neighbors": 7}, KNeighborsClassifier(7), True),
    ("nearest_neighbors", "breast-cancer", {"neighbors": 9, "distance_weights": 1}, KNeighborsClassifier(9, weights="distance"), True),
    ("nearest_neighbors", "diabetes", {}, KNeighborsRegressor(), True),
    ("nearest_neighbors", "diabetes", {"neighbors": 20, "distance_weights": 1}, KNeighborsRegressor(20, weights="distance"), True),
    ("naive_bayes", "wine", {}, GaussianNB(), True),
    ("naive_bayes", "iris", {"variance_smoothing": 0.01}, GaussianNB(var_smoothing=0.01), True),
    ("multinomial_naive_bayes", "digits", {"alpha": 0.5}, MultinomialNB(alpha=0.5), False),
    ("multinomial_naive_bayes", "wine", {}, MultinomialNB(), False),
]:
    features, labels = load(data, scale)
    model.fit(features, labels)
    rows = moved(features)
    outputs = model.predict_proba(rows) if hasattr(model, "predict_proba") else model.predict(rows)
    supervised.append({"learner": learner, "data": data, "standardize": scale, "settings": settings, "outputs": np.ravel(outputs).tolist()})

components = []
for data in ["wine", "breast-cancer"]:
    features, _ = load(data)
    pca = PCA(0.95, svd_solver="full").fit(features)
    again = pca.inverse_transform(pca.transform(features))
    components.append({
        "data": data, "variances": pca.explained_variance_.tolist(), "axes": np.abs(pca.components_).tolist(),
        "errors": ((features - again) ** 2).sum(axis=1)[:SHOWN].tolist()})

clusters = []
for data, count in [("iris", 3), ("wine", 3), ("digits", 10), ("breast-cancer", 5)]:
    features, _ = load(data)
    best = min((KMeans(count, n_init=1, random_state=seed).fit(features) for seed in range(10)), key=lambda model: model.inertia_)
    batches = min((MiniBatchKMeans(count, n_init=1, random_state=seed).fit(features) for seed in range(10)), key=lambda model: -model.score(features))
    clusters.append({
        "data": data, "clusters": count, "inertia": best.inertia_, "batchInertia": -batches.score(features), "labels": best.labels_.tolist(),
        "silhouette": silhouette_score(features, best.labels_)})

anomalies = []
for data, normal, odd, kept in [("breast-cancer", "benign", "malignant", 40), ("digits", 0, 8, 20), ("wine", None, None, 10)]:
    features, labels = load(data, scale=False)
    classes = sorted(set(labels), key=str)
    normal, odd = (classes[0], classes[-1]) if normal is None or normal not in classes else (normal, odd)
    rows = np.concatenate([np.flatnonzero(labels == normal), np.flatnonzero(labels == odd)[:kept]])
    truth = (labels[rows] == odd).astype(int)
    scores = [-IsolationForest(random_state=seed).fit(features[rows]).score_samples(features[rows]) for seed in range(10)]
    anomalies.append({
        "data": data, "rows": rows.tolist(), "labels": truth.tolist(), "auc": float(np.mean([roc_auc_score(truth, each) for each in scores])),
        "meanScore": float(np.mean(scores))})

with open("other_learners.json", "w", encoding="utf-8") as file:
    json.dump({"supervised": supervised, "components": components, "clusters": clusters, "anomalies": anomalies}, file)
