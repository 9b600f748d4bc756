"""Writes neural_network.json: how well scikit-learn's MLPClassifier does on samples/digits.csv. Run here: /usr/bin/python3 neural_network.py > neural_network.json

Every fifth row is held out; features are standardised over all rows, as the test does.
"""
import json
import warnings

import numpy as np
import pandas as pd
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
table = pd.read_csv("../../../samples/digits.csv")
features = StandardScaler().fit_transform(table.iloc[:, :-1])
labels = table.iloc[:, -1].values
held = np.arange(len(labels)) % 5 == 0
cases = []
for units, layers, activation in [(64, 1, "relu"), (32, 2, "tanh")]:
    scores = []
    for seed in range(5):
        model = MLPClassifier(hidden_layer_sizes=(units,) * layers, activation=activation, random_state=seed).fit(features[~held], labels[~held])
        scores.append(float(model.score(features[held], labels[held])))
    cases.append({"units": units, "layers": layers, "activation": 0 if activation == "relu" else 1, "accuracies": scores, "accuracy": float(np.mean(scores))})
print(json.dumps(cases))
