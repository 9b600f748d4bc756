"""Writes xgboost_trees.json: what XGBoost's exact trees predict on small random rows. Run here: /usr/bin/python3 xgboost_trees.py"""
import json
import pathlib

import numpy
import xgboost

ROWS, ROUNDS = 80, 6
random = numpy.random.default_rng(20240611)
features = numpy.round(random.normal(size=(ROWS, 3)), 1)
features[random.random((ROWS, 3)) < 0.1] = numpy.nan
signal = 2 * numpy.nan_to_num(features[:, 0]) + numpy.sin(3 * numpy.nan_to_num(features[:, 1])) + random.normal(size=ROWS)
labels = {"squared": numpy.round(signal, 2), "logistic": (signal > 0).astype(float)}
# With equal weights many cuts have exactly the same gain; the weighted cases hold whatever becomes of ties.
weights = numpy.round(random.uniform(0.5, 1.5, size=ROWS), 2)
# Four classes of equal size, so that both sides begin at the same odds.
labels["softmax"] = (numpy.argsort(numpy.argsort(signal)) * 4 // ROWS).astype(float)
objectives = {"squared": "reg:squarederror", "logistic": "binary:logistic", "softmax": "multi:softprob"}

cases = []
for objective, l1, l2, child_weight, monotone, weighted in [
        ("squared", 0, 1, 1, 0, False), ("squared", 3, 2, 5, 0, False), ("squared", 0, 1, 1, 1, False), ("squared", 0, 1, 1, -1, False),
        ("squared", 0, 1, 1, 0, True), ("squared", 0, 1, 1, -1, True), ("squared", 0, 1, 1, 1, True),
        ("logistic", 0, 1, 1, 0, False), ("logistic", 0.5, 0.1, 0.5, 0, False), ("logistic", 0, 1, 1, 1, False), ("logistic", 0, 1, 1, -1, False),
        ("logistic", 0, 1, 1, 0, True), ("logistic", 0, 1, 1, -1, True), ("logistic", 0, 1, 1, 1, True),
        ("softmax", 0, 1, 1, 0, False), ("softmax", 0.5, 2, 4, 0, False)]:
    settings = {
        "objective": objectives[objective], "tree_method": "exact", "max_depth": 4, "eta": 0.3, "alpha": l1, "lambda": l2,
        "min_child_weight": child_weight, "base_score": float(numpy.average(labels[objective], weights=weights if weighted else None)), "nthread": 1}
    if objective == "softmax":
        settings |= {"num_class": 4, "base_score": 0.5}
    if monotone:
        settings["monotone_constraints"] = f"({monotone},0,0)"
    data = xgboost.DMatrix(features, label=labels[objective], weight=weights if weighted else None)
    model = xgboost.train(settings, data, ROUNDS)
    cases.append({
        "objective": objective, "l1": l1, "l2": l2, "childWeight": child_weight, "monotone": monotone, "weighted": weighted,
        "predictions": [float(value) for value in model.predict(data).ravel()]})

columns = [[None if numpy.isnan(value) else float(value) for value in features[:, column]] for column in range(3)]
witness = {"columns": columns, "labels": {name: values.tolist() for name, values in labels.items()}, "weights": weights.tolist(), "cases": cases}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(witness, separators=(",", ":")) + "\n")
