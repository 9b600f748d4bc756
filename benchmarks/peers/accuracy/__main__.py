"""The peers of the accuracy benchmark: writes tables, splits and the peers' scores, one JSON file each.

Debian: apt-get install python3-sklearn python3-xgboost python3-statsmodels
Run:    /usr/bin/python3 benchmarks/peers/accuracy FOLDER [NAME ...]

Names choose tables, series or texts; without any all are written. A file that is there already is kept.
"""
import json
import math
import os
import pathlib
import sys
import warnings

# Threads that wait for one another on tables this small take many times the work itself.
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

import series  # noqa: E402
import sets  # noqa: E402
import studies  # noqa: E402
import texts  # noqa: E402
import unlabelled  # noqa: E402

warnings.filterwarnings("ignore")


def allowed(bound):
    """0.5% is a share of the peer's score, a bare number is in units of the metric, None promises nothing."""
    is_relative = isinstance(bound, str)
    return {"bound": float(bound.rstrip("%")) / 100 if is_relative else bound, "isRelative": is_relative}


def labelled(table, seeds=sets.SEEDS):
    cases = []
    for study in studies.of(table):
        found = studies.scores(study, table, seeds)
        metrics = [{"name": name, **allowed(study.bounds[name]), "peer": values} for name, values in found.items()]
        cases.append({"study": study.name, "learner": study.learner, "settings": study.settings, "standardize": study.standardize, "metrics": metrics})
    return document(table.name, table, table.task, [table.folds(seed).tolist() for seed in range(seeds)], table.fold_count(), cases)


def document(name, table, task, folds, fold_count, cases):
    return {
        "name": name, "task": task, "classes": table.classes,
        "columns": [[None if math.isnan(value) else value for value in column] for column in table.features.T.tolist()],
        "cardinalities": [table.cardinalities.get(index, 0) for index in range(table.features.shape[1])],
        "monotone": [table.monotone.get(index, 0) for index in range(table.features.shape[1])],
        "labels": table.labels.tolist(), "weights": None if table.weights is None else table.weights.tolist(),
        "folds": folds, "foldCount": fold_count, "cases": cases}


def documents():
    """The folder and name of every file, and what makes it."""
    for table in sets.all_tables():
        yield "tables", table.name, lambda table=table: labelled(table)
    for name, table, task, cases in unlabelled.documents():
        yield "tables", name, lambda name=name, table=table, task=task, cases=cases: document(name, table, task, [[]] * sets.SEEDS, 0, cases())
    for each in series.known():
        yield "series", each[0], lambda each=each: series.document(*each)
    for each in texts.known():
        yield "texts", each[0], lambda each=each: texts.document(*each)


def main(folder, names):
    for kind, name, make in documents():
        path = pathlib.Path(folder) / kind / f"{name}.json"
        if not path.exists() and (not names or name in names):
            path.parent.mkdir(parents=True, exist_ok=True)
            print(name, file=sys.stderr)
            path.write_text(json.dumps(make(), separators=(",", ":")) + "\n")


main(sys.argv[1], sys.argv[2:])
