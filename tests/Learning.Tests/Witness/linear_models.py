"""Writes linear_models.json: coefficients that scikit-learn fits on samples/. Run here: python3 linear_models.py > linear_models.json"""
import json

import numpy as np
import pandas as pd
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, Ridge
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

print(json.dumps(cases))
