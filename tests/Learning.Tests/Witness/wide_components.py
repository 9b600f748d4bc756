"""Writes wide_components.json: what scikit-learn's PCA says of tables with hundreds of columns, which a formula makes here and in the test.
Run here: /usr/bin/python3 wide_components.py"""
import json
import math

import numpy as np
from sklearn.decomposition import PCA

SHARE = 0.95

cases = []
for rows, columns in [(30, 700), (650, 600)]:
    table = np.array([[math.sin(0.13 * row * (1 + column % 7)) + 0.3 * math.cos(row * (column + 1) % 101) for column in range(columns)] for row in range(rows)])
    model = PCA(svd_solver="full").fit(table)
    kept = int(np.searchsorted(np.cumsum(model.explained_variance_ratio_), SHARE)) + 1
    small = PCA(n_components=kept, svd_solver="full").fit(table)
    errors = ((table - small.inverse_transform(small.transform(table))) ** 2).sum(axis=1)
    cases.append({"rows": rows, "columns": columns, "variances": model.explained_variance_[:kept].tolist(), "total": float(model.explained_variance_.sum()), "errors": errors[:10].tolist()})

with open("wide_components.json", "w") as file:
    json.dump(cases, file)
