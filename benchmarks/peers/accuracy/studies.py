"""What is fitted on a table: our learner with its settings, beside the peer with the same ones, and how far apart scores may lie."""
import dataclasses
import typing

import numpy
import xgboost
from sklearn.ensemble import (
    ExtraTreesClassifier, ExtraTreesRegressor, HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor)
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, Ridge
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor

import measures

BOOSTED = {"roc_auc": 0.002, "log_loss": "1%", "rmse": "0.5%"}
BAGGED = {"roc_auc": 0.003, "r2": 0.003}
MANY = 4096


@dataclasses.dataclass
class Study:
    """One learner with one set of settings. <peer> fits training rows and returns outputs for others."""
    name: str
    learner: str
    settings: dict
    peer: typing.Callable
    bounds: dict
    standardize: bool = False


def boosted(table, train, test, seed, objective=None, **settings):
    kind = objective or ("reg:squarederror" if table.task == "regression" else "binary:logistic" if table.classes == 2 else "multi:softprob")
    given = {"tree_method": "hist", "objective": kind, "seed": seed, "nthread": 1} | settings
    if kind == "multi:softprob":
        given["num_class"] = table.classes
    if table.monotone:
        given["monotone_constraints"] = tuple(table.monotone.get(index, 0) for index in range(table.features.shape[1]))
    data, held = (matrix(table, rows) for rows in (train, test))
    rounds = given.pop("iterations", 100)
    outputs = xgboost.train(given, data, rounds).predict(held).astype(float)
    return numpy.column_stack([1 - outputs, outputs]) if kind == "binary:logistic" else outputs


def matrix(table, rows):
    types = ["c" if index in table.cardinalities else "q" for index in range(table.features.shape[1])]
    weights = None if table.weights is None else table.weights[rows]
    return xgboost.DMatrix(table.features[rows], label=table.labels[rows], weight=weights, feature_types=types, enable_categorical=True)


def same_boosting(name, objective=None, ours=None, bounds=None, **changes):
    """The same settings on both sides; changes are XGBoost's names."""
    settings = {"eta": 0.1, "max_depth": 6, "min_child_weight": 1, "lambda": 1, "alpha": 0, "subsample": 1, "colsample_bytree": 1, "iterations": 100} | changes
    names = {"eta": "learning_rate", "max_depth": "max_depth", "min_child_weight": "min_child_weight", "lambda": "l2", "alpha": "l1", "subsample": "row_fraction", "colsample_bytree": "feature_fraction", "iterations": "iterations", "max_leaves": "max_leaves"}
    taken = {"max_leaves": MANY, "depth_wise": int(settings.get("grow_policy") != "lossguide"), "min_rows_per_leaf": 1}
    taken |= {names[key]: value for key, value in settings.items() if key in names} | (ours or {})

    def peer(table, train, test, seed):
        labels = table.labels[train]
        share = numpy.average(labels, weights=None if table.weights is None else table.weights[train])
        base = {} if table.classes > 2 or objective == "reg:absoluteerror" else {"base_score": float(share)}
        return boosted(table, train, test, seed, objective, **base, **settings)

    return Study(name, "gradient_boosting", taken, peer, bounds or BOOSTED)


def quantile_peer(table, train, test, seed):
    model = HistGradientBoostingRegressor(loss="quantile", quantile=0.9, max_depth=6, max_leaf_nodes=None, min_samples_leaf=20, l2_regularization=1, early_stopping=False)
    return model.fit(table.features[train], table.labels[train]).predict(table.features[test])


def estimator(classifier, regressor, **settings):
    """A peer of scikit-learn, with the table's weights."""
    def peer(table, train, test, seed):
        kind = classifier if table.task == "classification" else regressor
        given = settings | ({"random_state": seed} if "random_state" in kind().get_params() else {})
        model = kind(**given)
        x, held = (table.features[rows] for rows in (train, test))
        if peer.standardize:
            mean, deviation = x.mean(axis=0), x.std(axis=0)
            deviation[deviation == 0] = 1
            x, held = (x - mean) / deviation, (held - mean) / deviation
        weights = {} if table.weights is None else {"sample_weight": table.weights[train]}
        model.fit(x, table.labels[train], **weights)
        return outputs(model, held, table)
    peer.standardize = False
    return peer


def outputs(model, held, table):
    if table.task == "regression":
        return model.predict(held)
    all_classes = numpy.zeros((len(held), table.classes))
    all_classes[:, model.classes_] = model.predict_proba(held)
    return all_classes


def scaled(name, learner, settings, peer, bounds):
    peer.standardize = True
    return Study(name, learner, settings, peer, bounds, standardize=True)


def defaults(name, peer, wide=None):
    return Study(f"{name}", "gradient_boosting", {}, peer, wide or {"roc_auc": None, "log_loss": None, "rmse": None})


VARIANTS = {
    "breast-cancer": ("depth 1", "leaf-wise", "drawn"), "digits": ("depth 1", "drawn"), "diabetes": ("depth 1", "leaf-wise", "l1 10", "heavy children", "drawn"),
    "hastie": ("depth 1", "depth 12", "leaf-wise", "l1 10", "heavy children", "drawn"), "friedman-1": ("depth 1", "depth 12", "leaf-wise", "l1 10", "heavy children", "drawn"),
    "classes-5": ("depth 1", "depth 12", "leaf-wise", "l1 10", "heavy children"), "weights": ("heavy children", "l1 10"), "categories-300": ("leaf-wise", "heavy children"),
    "missing-informative": ("leaf-wise", "l1 10", "depth 12"), "fair-affairs": ("leaf-wise", "depth 12", "drawn"), "few-20": ("depth 1", "heavy children"),
}


def of(table):
    """Every study that a table takes part in."""
    yield same_boosting("boosting")
    changes = {
        "depth 1": {"max_depth": 1}, "depth 12": {"max_depth": 12}, "leaf-wise": {"grow_policy": "lossguide", "max_leaves": 31, "max_depth": 0},
        "l1 10": {"alpha": 10}, "heavy children": {"min_child_weight": 20}, "drawn": {"subsample": 0.5, "colsample_bytree": 0.6}}
    for name in VARIANTS.get(table.name, ()):
        yield same_boosting(f"boosting, {name}", **changes[name])
    yield defaults("defaults, xgboost", lambda *where: boosted(*where))
    categories = [index in table.cardinalities for index in range(table.features.shape[1])]
    hist = {"categorical_features": categories} if table.cardinalities and max(table.cardinalities.values()) < 255 else {}
    if table.monotone:
        hist["monotonic_cst"] = [table.monotone.get(index, 0) for index in range(table.features.shape[1])]
    yield defaults("defaults, sklearn hist", estimator(HistGradientBoostingClassifier, HistGradientBoostingRegressor, **hist))
    if table.task == "regression":
        yield from objectives(table)
    if not numpy.isnan(table.features).any() and not table.cardinalities:
        yield from complete(table)


def objectives(table):
    if table.name in ("heavy-tails", "skewed-label", "diabetes", "friedman-2"):
        yield same_boosting("absolute error", "reg:absoluteerror", {"objective": 1}, {"mae": "0.5%"})
        delta = round(float(numpy.std(table.labels)) / 2, 3)
        yield same_boosting("huber", "reg:pseudohubererror", {"objective": 2, "huber_delta": delta}, {f"{measures.HUBER}{delta}": "0.5%", "mae": None}, huber_slope=delta)
        taken = {"iterations": 100, "learning_rate": 0.1, "max_leaves": MANY, "max_depth": 6, "min_rows_per_leaf": 20, "l2": 1, "objective": 3, "quantile": 0.9}
        yield Study("quantile 0.9", "gradient_boosting", taken, quantile_peer, {"pinball_90": "0.5%"})
    if table.name in ("counts", "rare-counts", "randhie-mdvis", "many-zeros"):
        yield same_boosting("poisson", "count:poisson", {"objective": 4}, {"poisson_deviance": "0.5%"})


def complete(table):
    """Learners that need whole rows of numbers."""
    features = table.features.shape[1]
    tried = max(1, int(numpy.sqrt(features)))
    # Half a feature more, so that rounding does not lose one.
    share = min(1, (tried + 0.25) / features)
    yield Study("random forest", "random_forest", {"feature_fraction": share}, estimator(RandomForestClassifier, RandomForestRegressor, max_features=tried), BAGGED)
    yield Study("extra trees", "extra_trees", {"feature_fraction": share}, estimator(ExtraTreesClassifier, ExtraTreesRegressor, max_features=tried), BAGGED)
    yield Study("defaults, random forest", "random_forest", {}, estimator(RandomForestClassifier, RandomForestRegressor), {"roc_auc": None, "r2": None})
    if table.weights is None:
        yield scaled("k nearest", "nearest_neighbors", {}, estimator(KNeighborsClassifier, KNeighborsRegressor), {"roc_auc": 0.003, "rmse": "0.5%"})
        yield scaled("network", "neural_network", {}, estimator(MLPClassifier, MLPRegressor, max_iter=200), {"roc_auc": 0.005, "rmse": "2%"})
    if table.task == "classification":
        yield scaled("naive Bayes", "naive_bayes", {}, estimator(GaussianNB, None), {"roc_auc": 0.001, "log_loss": "0.1%"})
        yield scaled("logistic", "logistic_regression", {}, estimator(LogisticRegression, None, tol=1e-9, max_iter=10_000), {"roc_auc": 0.001, "log_loss": "0.1%"})
    else:
        yield scaled("ridge", "ridge", {}, estimator(None, Ridge), {"rmse": "0.01%"})
        spread = float(numpy.std(table.labels))
        alpha = 0.05 * spread
        if table.weights is None and alpha > 1e-6:
            yield scaled("lasso", "lasso", {"alpha": alpha}, estimator(None, Lasso, alpha=alpha, tol=1e-10, max_iter=100_000), {"rmse": "0.01%"})
            yield scaled("elastic net", "elastic_net", {"alpha": alpha}, estimator(None, ElasticNet, alpha=alpha, tol=1e-10, max_iter=100_000), {"rmse": "0.01%"})


def scores(study, table, seeds):
    """The peer's scores: by metric one per seed, the mean of its folds."""
    found = {}
    for seed in range(seeds):
        folds = table.folds(seed)
        each = []
        for fold in range(table.fold_count()):
            train, test = numpy.flatnonzero((folds != fold) & (folds >= 0)), numpy.flatnonzero(folds == fold)
            each.append((table.labels[test], study.peer(table, train, test, seed), None if table.weights is None else table.weights[test]))
        for metric in study.bounds:
            values = [measures.of(metric, table, *one) for one in each] if measures.suits(metric, table) else []
            defined = [value for value in values if value is not None]
            if defined:
                found.setdefault(metric, []).append(float(numpy.mean(defined)))
    return found
