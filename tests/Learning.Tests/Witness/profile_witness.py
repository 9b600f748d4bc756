"""Writes profile.json: what pandas, numpy and scikit-learn say of the sample files. Run: /usr/bin/python3 profile_witness.py"""
import json
import pathlib

import numpy
import pandas
from sklearn.preprocessing import StandardScaler

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE.parents[2] / "samples"
PROBABILITIES = [0.05, 0.25, 0.5, 0.75, 0.95]

witness = {}
for file in ["breast-cancer.csv", "diabetes.csv", "iris.csv", "wine.csv"]:
    frame = pandas.read_csv(SAMPLES / file)
    columns = {}
    for name in frame.columns:
        column = frame[name]
        if not pandas.api.types.is_numeric_dtype(column):
            continue
        columns[name] = {
            "distinct": int(column.nunique()),
            "mean": float(column.mean()),
            "std": float(column.std()),
            "quantiles": [float(q) for q in numpy.quantile(column, PROBABILITIES)],
            "scaled": [float(v) for v in StandardScaler().fit_transform(column.to_frame())[:3, 0]],
        }
    witness[file] = {"dtypes": {name: str(kind) for name, kind in frame.dtypes.items()}, "columns": columns}

(HERE / "profile.json").write_text(json.dumps(witness, separators=(",", ":")) + "\n")
