"""The peer for the explain benchmark: XGBoost's exact Shapley values on the same rows with the same settings.

Debian: apt-get install python3-xgboost
Run:    /usr/bin/python3 benchmarks/peers/xgboost_contribs.py rows.bin 28 2 4000

The file holds little-endian float64, row by row: the label, then the features. Prints rows explained per second.
"""
import sys
import time

import numpy
import xgboost

path, features, threads, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
table = numpy.fromfile(path).reshape(-1, features + 1)
model = xgboost.train(
    {"objective": "binary:logistic", "tree_method": "hist", "max_depth": 6, "eta": 0.1, "max_bin": 255, "lambda": 1,
     "min_child_weight": 1, "grow_policy": "depthwise", "nthread": threads, "seed": 1},
    xgboost.DMatrix(table[:, 1:], label=table[:, 0]), 100)
rows = xgboost.DMatrix(table[:count, 1:], nthread=threads)
model.predict(rows, pred_contribs=True)
start = time.perf_counter()
model.predict(rows, pred_contribs=True)
print(count / (time.perf_counter() - start))
