"""The peer for the batch benchmark: pandas and XGBoost read a CSV file, predict every row and write a CSV file.

Debian: apt-get install python3-xgboost python3-sklearn python3-pandas
Run:    /usr/bin/python3 benchmarks/peers/xgboost_batch.py train rows.csv model.json
        /usr/bin/python3 benchmarks/peers/xgboost_batch.py score rows.csv model.json out.csv

The file has an id, the label y and the features. Both print one line of JSON; the latter the seconds from the first byte
read to the last byte written, imports and the model's load left out, and the peak memory of the process in MiB.
"""
import json
import sys
import time

import pandas
import xgboost

import stages

TRAINING_ROWS = 100_000

mode, rows_path, model_path = sys.argv[1:4]
if mode == "train":
    table = pandas.read_csv(rows_path, nrows=TRAINING_ROWS)
    model = xgboost.XGBClassifier(tree_method="hist", n_estimators=100, max_depth=6, learning_rate=0.1, n_jobs=2, random_state=1)
    model.fit(table.drop(columns=["id", "y"]), table["y"])
    model.save_model(model_path)
    print(json.dumps({"Seconds": 0.0, "PeakMebibytes": stages.peak_mebibytes()}))
else:
    model = xgboost.XGBClassifier(n_jobs=2)
    model.load_model(model_path)
    start = time.perf_counter()
    table = pandas.read_csv(rows_path)
    probabilities = model.predict_proba(table.drop(columns=["id", "y"]))
    pandas.DataFrame({
        "id": table["id"], "prediction": (probabilities[:, 1] > 0.5).astype(int),
        "probability_0": probabilities[:, 0], "probability_1": probabilities[:, 1]}).to_csv(sys.argv[4], index=False)
    print(json.dumps({"Seconds": time.perf_counter() - start, "PeakMebibytes": stages.peak_mebibytes()}))
