"""Writes linear_models.json: coefficients that scikit-learn fits on samples/. Run here: python3 linear_models.py > linear_models.json"""
import json

import numpy as np
import pandas as pd
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def load(name):
    table = pd.read_csv(f"../../../samples/{name}.csv")
    return StandardScaler().fit_transform(table.iloc[:, :-1]), table.iloc[:, -1]


cases = []
for name, l2 in [("breast-cancer", 1.0), ("wine", 1.0), ("iris", 0.1)]:
    features, labels = load(name)
    model = LogisticRegression(C=1 / l2, tol=1e-12, max_iter=100_000, solver="newton-cg").fit(features, labels)
    cases.append({"learner": "logistic_regression", "data": name, "settings": {"l2": l2}, "slopes": model.coef_.ravel().tolist(), "intercepts": model.intercept_.tolist()})

features, labels = load("diabetes")
rows = len(labels)
for l2 in [0.0, 1.0, 100.0]:
    model = Ridge(alpha=l2, solver="svd").fit(features, labels)
    cases.append({"learner": "linear_regression", "data": "diabetes", "settings": {"l2": l2}, "slopes": model.coef_.tolist(), "intercepts": [float(model.intercept_)]})
for alpha, ratio in [(1.0, 0.5), (2.0, 1.0)]:
    model = ElasticNet(alpha=alpha, l1_ratio=ratio, tol=1e-14, max_iter=1_000_000).fit(features, labels)
    settings = {"l1": rows * alpha * ratio, "l2": rows * alpha * (1 - ratio)}
    cases.append({"learner": "linear_regression", "data": "diabetes", "settings": settings, "slopes": model.coef_.tolist(), "intercepts": [float(model.intercept_)]})

named = [
    ("ridge", {"alpha": 25.0}, Ridge(alpha=25.0, solver="svd")),
    ("lasso", {"alpha": 0.7}, Lasso(alpha=0.7, tol=1e-14, max_iter=1_000_000)),
    ("elastic_net", {"alpha": 0.3, "l1_ratio": 0.8}, ElasticNet(alpha=0.3, l1_ratio=0.8, tol=1e-14, max_iter=1_000_000)),
]
for name, settings, model in named:
    model.fit(features, labels)
    cases.append({"learner": name, "data": "diabetes", "settings": settings, "slopes": model.coef_.tolist(), "intercepts": [float(model.intercept_)]})

# The same behind a scaler, on columns as they are: one at 1e-6 and one at 1e9 of their size, and a weight per row.
for learner, data, settings, model in [
    ("logistic_regression", "breast-cancer", {"l2": 1.0}, LogisticRegression(C=1, tol=1e-12, max_iter=100_000, solver="newton-cg")),
    ("logistic_regression", "wine", {"l2": 0.1}, LogisticRegression(C=10, tol=1e-12, max_iter=100_000, solver="newton-cg")),
    ("linear_regression", "diabetes", {"l2": 10.0}, Ridge(alpha=10, solver="svd")),
    *[(name, "diabetes", settings, model) for name, settings, model in named],
]:
    table = pd.read_csv(f"../../../samples/{data}.csv")
    features = table.iloc[:, :-1].to_numpy(dtype=float)
    features[:, 0] *= 1e-6
    features[:, 1] *= 1e9
    labels = table.iloc[:, -1]
    weights = 1.0 + np.arange(len(labels)) % 3
    step = model.__class__.__name__.lower()
    pipeline = make_pipeline(StandardScaler(), model).fit(features, labels, **{"standardscaler__sample_weight": weights, f"{step}__sample_weight": weights})
    scaler = pipeline[0]
    slopes = np.atleast_2d(model.coef_) / scaler.scale_
    intercepts = np.ravel(model.intercept_) - slopes @ scaler.mean_
    cases.append({"learner": learner, "data": data, "settings": settings, "slopes": slopes.ravel().tolist(), "intercepts": intercepts.tolist(), "is_raw": True})

print(json.dumps(cases))
