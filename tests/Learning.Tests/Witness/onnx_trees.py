"""Writes onnx_trees.json: scikit-learn's trees as ONNX, with scikit-learn's predictions.

skl2onnx is not in Debian, so the operators are put together here as the specification of ai.onnx.ml says and as skl2onnx
does: thresholds rounded down to 32 bits, weights of forests divided by the trees, log-odds in base_values.
Run here: /usr/bin/python3 onnx_trees.py (python3-onnx, python3-sklearn)
"""
import base64
import json
import pathlib

import numpy as np
from onnx import TensorProto, ValueInfoProto, helper
from sklearn import datasets, ensemble, tree

ML = "ai.onnx.ml"


def single(threshold):
    """The largest 32-bit number that is not above: 32-bit inputs fall on the same side."""
    rounded = np.float32(threshold)
    return float(rounded if float(rounded) <= threshold else np.nextafter(rounded, np.float32(-np.inf)))


def lists(estimators, weights_of, prefix, mode="BRANCH_LEQ"):
    made = {name: [] for name in ["nodes_treeids", "nodes_nodeids", "nodes_featureids", "nodes_modes", "nodes_values", "nodes_truenodeids",
                                  "nodes_falsenodeids", "nodes_missing_value_tracks_true", f"{prefix}_treeids", f"{prefix}_nodeids", f"{prefix}_ids", f"{prefix}_weights"]}
    for number, each in enumerate(estimators):
        t = each.tree_
        for node in range(t.node_count):
            leaf = t.children_left[node] < 0
            left, right = (0, 0) if leaf else (int(t.children_left[node]), int(t.children_right[node]))
            value = 0.0 if leaf else single(t.threshold[node])
            if mode == "BRANCH_LT":
                value = float(np.nextafter(np.float32(value), np.float32(np.inf)))
            if mode == "BRANCH_GT":
                left, right = right, left
            if mode == "BRANCH_GTE":
                value, left, right = float(np.nextafter(np.float32(value), np.float32(np.inf))), right, left
            for name, item in [("treeids", number), ("nodeids", node), ("featureids", 0 if leaf else int(t.feature[node])), ("modes", "LEAF" if leaf else mode),
                               ("values", value), ("truenodeids", left), ("falsenodeids", right), ("missing_value_tracks_true", 0)]:
                made[f"nodes_{name}"].append(item)
            if leaf:
                for index, weight in weights_of(t.value[node]):
                    made[f"{prefix}_treeids"].append(number)
                    made[f"{prefix}_nodeids"].append(node)
                    made[f"{prefix}_ids"].append(index)
                    made[f"{prefix}_weights"].append(float(weight))
    return made


def shares(count, classes):
    def of(value):
        row = value[0] / value[0].sum() / count
        return [(index, row[index]) for index in classes]
    return of


def save(node, width, outputs, extra=()):
    graph = helper.make_graph(
        [node, *extra], "trees", [helper.make_tensor_value_info("X", TensorProto.FLOAT, [None, width])], outputs)
    model = helper.make_model(graph, producer_name="by hand", producer_version="1", ir_version=8, opset_imports=[helper.make_opsetid("", 15), helper.make_opsetid(ML, 1)])
    return base64.b64encode(model.SerializeToString()).decode()


def regressor(attributes, width, **more):
    node = helper.make_node("TreeEnsembleRegressor", ["X"], ["variable"], domain=ML, n_targets=1, **attributes, **more)
    return save(node, width, [helper.make_tensor_value_info("variable", TensorProto.FLOAT, [None, 1])])


def classifier(attributes, width, labels, zipmap=False, **more):
    node = helper.make_node("TreeEnsembleClassifier", ["X"], ["label", "probabilities"], domain=ML, classlabels_int64s=labels, **attributes, **more)
    outputs = [helper.make_tensor_value_info("label", TensorProto.INT64, [None]), helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [None, len(labels)])]
    extra = []
    if zipmap:
        extra = [helper.make_node("ZipMap", ["probabilities"], ["output_probability"], domain=ML, classlabels_int64s=labels)]
        outputs[1] = ValueInfoProto(name="output_probability")
        pairs = outputs[1].type.sequence_type.elem_type.map_type
        pairs.key_type = TensorProto.INT64
        pairs.value_type.tensor_type.elem_type = TensorProto.FLOAT
    return save(node, width, outputs, extra)


cases = []


def add(name, model, rows, predictions, is_classes, runs=True):
    cases.append({"name": name, "model": model, "width": rows.shape[1], "rows": rows.astype(np.float32).astype(float).ravel().tolist(),
                  "predictions": np.asarray(predictions, dtype=float).ravel().tolist(), "isClasses": is_classes, "runs": runs})


x, y = datasets.load_diabetes(return_X_y=True)
x = x.astype(np.float32)
one = tree.DecisionTreeRegressor(max_depth=5, random_state=1).fit(x, y)
for mode in ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GT", "BRANCH_GTE"]:
    add(f"regression tree {mode}", regressor(lists([one], lambda value: [(0, value[0, 0])], "target", mode), 10), x[:40], one.predict(x[:40]), False)
forest = ensemble.RandomForestRegressor(4, max_depth=4, random_state=1).fit(x, y)
add("regression forest, sum", regressor(lists(forest.estimators_, lambda value: [(0, value[0, 0] / 4)], "target"), 10), x[:40], forest.predict(x[:40]), False)
add("regression forest, average", regressor(lists(forest.estimators_, lambda value: [(0, value[0, 0])], "target"), 10, aggregate_function="AVERAGE"), x[:40], forest.predict(x[:40]), False)
boosted = ensemble.GradientBoostingRegressor(n_estimators=6, max_depth=2, random_state=1).fit(x, y)
add("boosted regression", regressor(lists(boosted.estimators_[:, 0], lambda value: [(0, value[0, 0] * boosted.learning_rate)], "target"), 10, base_values=[float(boosted.init_.constant_[0, 0])]),
    x[:40], boosted.predict(x[:40]), False)

x, y = datasets.load_iris(return_X_y=True)
x = x.astype(np.float32)
one = tree.DecisionTreeClassifier(max_depth=3, random_state=1).fit(x, y)
add("classification tree", classifier(lists([one], shares(1, range(3)), "class"), 4, [0, 1, 2]), x[::4], one.predict_proba(x[::4]), True)
forest = ensemble.RandomForestClassifier(4, max_depth=3, random_state=1).fit(x, y)
add("classification forest", classifier(lists(forest.estimators_, shares(4, range(3)), "class"), 4, [0, 1, 2]), x[::4], forest.predict_proba(x[::4]), True)
boosted = ensemble.GradientBoostingClassifier(n_estimators=4, max_depth=2, random_state=1).fit(x, y)
flat, offsets = boosted.estimators_.ravel(), []
made = lists(flat, lambda value: [(0, value[0, 0] * boosted.learning_rate)], "class")
made["class_ids"] = [number % 3 for number in made["class_treeids"]]
priors = [float(value) for value in np.log(boosted.init_.class_prior_)]
add("boosted classes", classifier(made, 4, [0, 1, 2], post_transform="SOFTMAX", base_values=priors), x[::4], boosted.predict_proba(x[::4]), True)

x, y = datasets.load_breast_cancer(return_X_y=True)
x, rows = x.astype(np.float32), x[::20].astype(np.float32)
forest = ensemble.RandomForestClassifier(4, max_depth=4, random_state=1).fit(x, y)
add("two classes, two scores", classifier(lists(forest.estimators_, shares(4, range(2)), "class"), 30, [0, 1]), rows, forest.predict_proba(rows), True)
add("two classes, one score", classifier(lists(forest.estimators_, lambda value: [(0, share) for _, share in shares(4, [1])(value)], "class"), 30, [0, 1]), rows, forest.predict_proba(rows), True)
boosted = ensemble.GradientBoostingClassifier(n_estimators=6, max_depth=3, random_state=1).fit(x, y)
odds = float(np.log(boosted.init_.class_prior_[1] / boosted.init_.class_prior_[0]))
made = lists(boosted.estimators_[:, 0], lambda value: [(0, value[0, 0] * boosted.learning_rate)], "class")
add("two classes, log-odds", classifier(made, 30, [0, 1], post_transform="LOGISTIC", base_values=[odds]), rows, boosted.predict_proba(rows), True)
add("two classes, log-odds, as a map", classifier(made, 30, [0, 1], zipmap=True, post_transform="LOGISTIC", base_values=[odds]), rows, boosted.predict_proba(rows), True, runs=False)

pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
