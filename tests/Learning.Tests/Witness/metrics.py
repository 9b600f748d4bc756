"""Writes metrics.json: what scikit-learn, or for errors of forecasts a formula in NumPy, says of fixed random predictions. Run: python3 metrics.py > metrics.json"""
import json

import numpy as np
from sklearn import metrics as m

random = np.random.default_rng(20240501)
cases = []
for name, classes, rows, ties in [("binary", 2, 200, False), ("binary_ties", 2, 150, True), ("five", 5, 300, False), ("rare", 4, 40, True)]:
    weights = random.dirichlet(np.ones(classes) * 2)
    actual = np.concatenate([np.arange(classes), random.choice(classes, rows - classes, p=weights)])
    scores = random.dirichlet(np.ones(classes), rows) + 0.6 * np.eye(classes)[actual] * random.random((rows, 1))
    if ties:
        scores = np.round(scores, 1) + 0.05
    probabilities = scores / scores.sum(axis=1, keepdims=True)
    predicted = probabilities.argmax(axis=1)
    labels = list(range(classes))
    auc = m.roc_auc_score(actual, probabilities[:, 1]) if classes == 2 else m.roc_auc_score(actual, probabilities, multi_class="ovr", average="macro")
    values = {
        "accuracy": m.accuracy_score(actual, predicted),
        "balanced_accuracy": m.balanced_accuracy_score(actual, predicted),
        "roc_auc": auc,
        "log_loss": m.log_loss(actual, probabilities, labels=labels),
        # This scikit-learn scores two classes only; more are its definition, summed over the classes.
        "brier_score": m.brier_score_loss(actual, probabilities[:, 1]) if classes == 2 else float(((probabilities - np.eye(classes)[actual]) ** 2).sum(axis=1).mean()),
    }
    for average in ["macro", "weighted"]:
        p, r, f, _ = m.precision_recall_fscore_support(actual, predicted, average=average, zero_division=0)
        values.update({f"precision_{average}": p, f"recall_{average}": r, f"f1_{average}": f})
    p, r, f, s = m.precision_recall_fscore_support(actual, predicted, labels=labels, zero_division=0)
    cases.append({
        "name": name, "classes": classes, "actual": actual.tolist(), "probabilities": probabilities.ravel().tolist(),
        "metrics": values, "precision": p.tolist(), "recall": r.tolist(), "f1": f.tolist(), "support": s.tolist(),
        "confusion": m.confusion_matrix(actual, predicted, labels=labels).tolist(),
    })

regression = []
for name, scale in [("plain", 1.0), ("large", 1e6)]:
    actual = random.normal(3, 2, 100) * scale
    predicted = actual + random.normal(0, 1, 100) * scale
    regression.append({
        "name": name, "actual": actual.tolist(), "predicted": predicted.tolist(),
        "metrics": {
            "rmse": float(np.sqrt(m.mean_squared_error(actual, predicted))), "mae": m.mean_absolute_error(actual, predicted),
            "r2": m.r2_score(actual, predicted), "mape": m.mean_absolute_percentage_error(actual, predicted),
            "smape": float(np.mean(np.abs(predicted - actual) / ((np.abs(actual) + np.abs(predicted)) / 2))),
        },
    })

forecasts = []
for season in [1, 4, 12]:
    past = random.normal(10, 3, 60).cumsum()
    actual = past[-1] + random.normal(10, 3, 8).cumsum()
    predicted = past[-1] + 10 * np.arange(1, 9)
    naive = np.abs(past[season:] - np.roll(past, season)[season:]).mean()
    forecasts.append({
        "season": season, "past": past.tolist(), "actual": actual.tolist(), "predicted": predicted.tolist(),
        "mase": float(np.mean(np.abs(actual - predicted)) / naive)})

print(json.dumps({"classification": cases, "regression": regression, "forecasts": forecasts}))
