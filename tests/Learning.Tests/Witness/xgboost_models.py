"""Writes xgboost_models.json: models as XGBoost saves them, with its predictions and Shapley values, on rows near thresholds.

Run here: /usr/bin/python3 xgboost_models.py
"""
import json
import pathlib

import numpy as np
import xgboost

random = np.random.default_rng(20250301)
ROWS = 60
features = np.round(random.normal(size=(ROWS, 4)), 1)
features[random.random((ROWS, 4)) < 0.15] = np.nan
known = np.nan_to_num(features)
signal = 2 * known[:, 0] + np.sin(3 * known[:, 1]) * known[:, 2] + 0.3 * random.normal(size=ROWS)
labels = {
    "reg:squarederror": signal, "binary:logistic": (signal > 0).astype(float), "multi:softprob": np.digitize(signal, [-1, 1]).astype(float),
    "count:poisson": np.floor(np.exp(np.clip(signal, -3, 3) / 2)), "dart": signal}

cases = []
for name, values in labels.items():
    settings = {"max_depth": 4, "eta": 0.3, "min_child_weight": 0.1, "nthread": 1, "seed": 1, "objective": name, "base_score": 0.7}
    if name == "multi:softprob":
        settings["num_class"] = 3
    if name == "dart":
        settings |= {"booster": "dart", "objective": "reg:squarederror", "rate_drop": 0.5}
    model = xgboost.train(settings, xgboost.DMatrix(features, label=values), 5)
    document = json.loads(model.save_raw("json"))

    # Rows that a threshold parts from their neighbours: the threshold in 32 bits, and doubles that round to it or to the next.
    rows = [row.tolist() for row in features[:25]]
    booster = document["learner"]["gradient_booster"]
    trees = booster.get("model", booster.get("gbtree", {}).get("model"))["trees"]
    for tree in trees[:3]:
        for node in range(min(3, len(tree["left_children"]))):
            if tree["left_children"][node] >= 0:
                threshold = np.float32(tree["split_conditions"][node])
                below = np.nextafter(threshold, np.float32(-np.inf), dtype=np.float32)
                middle = (float(threshold) + float(below)) / 2
                for value in [float(threshold), float(below), middle, np.nextafter(middle, -np.inf), np.nextafter(middle, np.inf)]:
                    row = features[node].tolist()
                    row[tree["split_indices"][node]] = value
                    rows.append(row)

    data = xgboost.DMatrix(np.array(rows))
    cases.append({
        "name": name, "model": json.dumps(document, separators=(",", ":")),
        "rows": [[None if np.isnan(value) else float(value) for value in row] for row in rows],
        "predictions": np.asarray(model.predict(data), dtype=float).ravel().tolist(),

        # One list per row and score: a value per feature, then the base. Of dart they ignore the weights of trees.
        "contributions": [] if name == "dart" else np.asarray(model.predict(data, pred_contribs=True), dtype=float).reshape(-1, 5).tolist()})

pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
