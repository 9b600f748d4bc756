"""Writes xgboost_contributions.json: Shapley values (pred_contribs) and split counts of XGBoost's exact trees.

The rows are those of xgboost_trees.py. Run here: /usr/bin/python3 xgboost_contributions.py
"""
import json
import pathlib

import numpy
import xgboost

given = json.loads(pathlib.Path(__file__).with_name("xgboost_trees.json").read_text())
features = numpy.array(given["columns"], dtype=float).T
objectives = {"squared": "reg:squarederror", "logistic": "binary:logistic"}

cases = []
for objective, l1, l2, child_weight in [("squared", 0, 1, 1), ("squared", 3, 2, 5), ("logistic", 0, 1, 1), ("logistic", 0.5, 0.1, 0.5)]:
    labels = numpy.array(given["labels"][objective])
    data = xgboost.DMatrix(features, label=labels)
    model = xgboost.train({
        "objective": objectives[objective], "tree_method": "exact", "max_depth": 4, "eta": 0.3, "alpha": l1, "lambda": l2,
        "min_child_weight": child_weight, "base_score": float(labels.mean()), "nthread": 1}, data, 6)
    contributions = model.predict(data, pred_contribs=True)
    splits = model.get_score(importance_type="weight")
    gains = model.get_score(importance_type="total_gain")
    cases.append({
        "objective": objective, "l1": l1, "l2": l2, "childWeight": child_weight,
        "splits": [int(splits.get(f"f{feature}", 0)) for feature in range(3)],
        "gains": [gains.get(f"f{feature}", 0) for feature in range(3)],
        "contributions": [[float(value) for value in row] for row in contributions]})

pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
