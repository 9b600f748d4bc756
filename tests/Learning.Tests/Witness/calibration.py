"""Writes calibration.json: what scikit-learn says of fixed random scores. Run here: /usr/bin/python3 calibration.py"""
import json
import pathlib

import numpy as np
from sklearn import calibration as c
from sklearn import isotonic as i
from sklearn import metrics as m

random = np.random.default_rng(20240715)
cases = []
for name, rows, shift, digits in [("plenty", 400, 0.0, 6), ("rare", 60, -2.0, 6), ("ties", 150, 0.5, 1), ("separable", 30, 0.0, 6)]:
    scores = np.round(random.normal(size=rows) * 2, digits)
    noise = 0 if name == "separable" else random.logistic(size=rows) * 2
    labels = (scores + shift + noise > 0).astype(int)
    a, b = c._sigmoid_calibration(scores, labels)
    probabilities = np.round(1 / (1 + np.exp(-scores * 1.5)), 4)
    rising = i.IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(scores, labels)
    at = np.linspace(scores.min() - 1, scores.max() + 1, 41)
    shares, means = c.calibration_curve(labels, probabilities, n_bins=10)
    cases.append({
        "name": name, "scores": scores.tolist(), "labels": labels.tolist(), "slope": float(a), "intercept": float(b),
        "at": at.tolist(), "rising": rising.predict(at).tolist(), "probabilities": probabilities.tolist(),
        "shares": shares.tolist(), "means": means.tolist(), "brier": m.brier_score_loss(labels, probabilities)})

pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
