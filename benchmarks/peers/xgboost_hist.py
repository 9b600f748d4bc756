"""The peer for the boosting benchmark: XGBoost's histogram trees on the same rows with the same settings.

Debian: apt-get install python3-xgboost
Run:    /usr/bin/python3 benchmarks/peers/xgboost_hist.py rows.bin 28 2

The file holds little-endian float64, row by row: the label, then the features. Prints one line of JSON: seconds to fit
(binning included) and to predict, the first time and once warm, the peak memory of the process in MiB after the first
fit, and the AUC on the last tenth.
"""
import json
import sys
import time

import numpy
import xgboost

import stages

HELD_OUT = 0.1
SINGLE_ROWS = 200


def auc(labels, scores):
    order = scores.argsort(kind="stable")
    ranks = numpy.empty(len(scores))
    ranks[order] = numpy.arange(1, len(scores) + 1)
    positives = labels == 1
    count = positives.sum()
    return (ranks[positives].sum() - count * (count + 1) / 2) / (count * (len(labels) - count))


path, features, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
table = numpy.fromfile(path).reshape(-1, features + 1)
training = int(len(table) * (1 - HELD_OUT))
model = xgboost.XGBClassifier(
    tree_method="hist", n_estimators=100, max_depth=6, learning_rate=0.1, max_bin=255, reg_lambda=1, min_child_weight=1,
    grow_policy="depthwise", n_jobs=threads, random_state=1)
first_fit = stages.timed(lambda: model.fit(table[:training, 1:], table[:training, 0]))
fit_peak = stages.peak_mebibytes()
first_predict = stages.timed(lambda: model.predict_proba(table[:, 1:]))
predict = stages.timed_warm(lambda: model.predict_proba(table[:, 1:]), first_predict)
scores = model.predict_proba(table[training:, 1:])[:, 1]
rows = [table[index:index + 1, 1:] for index in range(SINGLE_ROWS)]
start = time.perf_counter()
for row in rows:
    model.predict_proba(row)
single = (time.perf_counter() - start) / SINGLE_ROWS
fit = stages.timed_warm(lambda: model.fit(table[:training, 1:], table[:training, 0]), first_fit)
print(json.dumps({
    "FirstFitSeconds": first_fit, "FitSeconds": fit, "FitPeakMebibytes": fit_peak, "FirstPredictSeconds": first_predict,
    "PredictSeconds": predict, "SingleMicroseconds": single * 1e6, "Auc": auc(table[training:, 0], scores)}))
