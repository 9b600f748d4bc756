"""Scores of held-out rows; unweighted, and None where rows leave one undefined. Ours are computed by ours."""
import numpy
from sklearn.metrics import log_loss, mean_absolute_error, mean_pinball_loss, r2_score, roc_auc_score

ROUNDING = 1e-15
HUBER = "huber_"


def suits(metric, table):
    return (metric in ("roc_auc", "log_loss")) == (table.task == "classification")


def of(metric, table, labels, outputs, _weights):
    if metric == "roc_auc":
        return area(labels, outputs)
    if metric == "log_loss":
        return float(log_loss(labels, numpy.clip(outputs, ROUNDING, 1), labels=range(table.classes)))
    if metric == "r2":
        return r2_score(labels, outputs) if len(labels) > 1 else None
    if metric.startswith(HUBER):
        return huber(labels - outputs, float(metric.removeprefix(HUBER)))
    return {
        "rmse": lambda: float(numpy.sqrt(numpy.mean((labels - outputs) ** 2))),
        "mae": lambda: mean_absolute_error(labels, outputs),
        "pinball_90": lambda: mean_pinball_loss(labels, outputs, alpha=0.9),
        "poisson_deviance": lambda: deviance(labels, outputs)}[metric]()


def area(labels, outputs):
    """Macro one-vs-rest of the classes that split these rows; undefined unless all do."""
    width = outputs.shape[1]
    if any(not 0 < numpy.sum(labels == label) < len(labels) for label in range(width)):
        return None
    if width == 2:
        return roc_auc_score(labels, outputs[:, 1])
    return float(numpy.mean([roc_auc_score(labels == label, outputs[:, label]) for label in range(width)]))


def huber(residuals, delta):
    sizes = numpy.abs(residuals)
    return float(numpy.mean(numpy.where(sizes <= delta, sizes ** 2 / 2, delta * (sizes - delta / 2))))


def deviance(labels, means):
    logs = numpy.where(labels > 0, labels * numpy.log(numpy.where(labels > 0, labels, 1) / means), 0)
    return float(2 * numpy.mean(logs - labels + means))
