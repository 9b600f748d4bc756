"""Writes ensembles.json: what scikit-learn's voting and stacking make of given base predictions. Run here: /usr/bin/python3 ensembles.py

The members return what is written here as their predictions, whatever they are fitted on, so that only the combination
is compared; stacking's out-of-fold predictions of such members are the same predictions."""
import json

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.ensemble import StackingClassifier, StackingRegressor, VotingClassifier, VotingRegressor
from sklearn.linear_model import LogisticRegression, Ridge

random = np.random.default_rng(5)
ROWS = 60


class Given(BaseEstimator):
    """Column 0 of X is the row's number; member `member` answers with that row of the table."""

    def __init__(self, table=None):
        self.table = table

    def of(self, X):
        return np.asarray(self.table)[X[:, 0].astype(int)]


class GivenClassifier(ClassifierMixin, Given):
    def fit(self, X, y):
        self.classes_ = np.arange(np.asarray(self.table).shape[1])
        return self

    def predict_proba(self, X):
        return self.of(X)

    def predict(self, X):
        return self.of(X).argmax(axis=1)


class GivenRegressor(RegressorMixin, Given):
    def fit(self, X, y):
        return self

    def predict(self, X):
        return self.of(X)


def probabilities(labels, classes):
    scores = random.normal(size=(ROWS, classes))
    scores[np.arange(ROWS), labels] += 1.5
    scores = np.exp(scores)
    return np.round(scores / scores.sum(axis=1, keepdims=True), 6)


rows = np.arange(ROWS, dtype=float).reshape(-1, 1)
weights = [1.0, 2.0, 1.5]
witness = {"weights": weights, "classification": [], "regression": None}
for classes in (2, 3):
    labels = random.integers(classes, size=ROWS)
    members = [probabilities(labels, classes) for _ in weights]
    named = [(str(index), GivenClassifier(table)) for index, table in enumerate(members)]
    # Stratified folds need each class; every row is in y, so any folds do.
    witness["classification"].append({
        "labels": labels.tolist(),
        "members": [table.ravel().tolist() for table in members],
        "hard": VotingClassifier(named, voting="hard", weights=weights).fit(rows, labels).predict(rows).tolist(),
        "soft": VotingClassifier(named, voting="soft", weights=weights).fit(rows, labels).predict_proba(rows).ravel().tolist(),
        "stacking": StackingClassifier(named, LogisticRegression(C=1, tol=1e-12, max_iter=10000), cv=5).fit(rows, labels).predict_proba(rows).ravel().tolist(),
    })

truth = np.round(random.normal(size=ROWS), 6)
members = [np.round(truth + scale * random.normal(size=ROWS), 6) for scale in (0.3, 0.6, 1)]
named = [(str(index), GivenRegressor(table)) for index, table in enumerate(members)]
witness["regression"] = {
    "labels": truth.tolist(),
    "members": [table.tolist() for table in members],
    "averaging": VotingRegressor(named, weights=weights).fit(rows, truth).predict(rows).tolist(),
    "stacking": StackingRegressor(named, Ridge(alpha=1), cv=5).fit(rows, truth).predict(rows).tolist(),
}
with open("ensembles.json", "w", encoding="utf-8") as file:
    json.dump(witness, file)
