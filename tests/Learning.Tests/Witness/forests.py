"""Writes forests.json: out-of-bag scores of scikit-learn's forests on samples/. Run here: /usr/bin/python3 forests.py"""
import json

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor


def score(name, forest):
    table = pd.read_csv(f"../../../samples/{name}.csv")
    scores = [forest(n_estimators=300, oob_score=True, random_state=seed, **({"max_features": 1 / 3} if forest is RandomForestRegressor else {}))
              .fit(table.iloc[:, :-1], table.iloc[:, -1]).oob_score_ for seed in range(3)]
    return float(np.mean(scores))


witness = {"digits": score("digits", RandomForestClassifier), "breast-cancer": score("breast-cancer", RandomForestClassifier), "diabetes": score("diabetes", RandomForestRegressor)}
with open("forests.json", "w", encoding="utf-8") as file:
    json.dump(witness, file)
