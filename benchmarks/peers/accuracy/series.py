"""Exponential smoothing: the least sum of squares that statsmodels finds for a form of additive noise."""
import warnings

import numpy
import pandas
import statsmodels.api
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.holtwinters import ExponentialSmoothing

import sets

TRENDS = {"N": (None, False), "A": ("add", False), "d": ("add", True)}
SEASONS = {"N": None, "A": "add", "M": "mul"}
USUAL_DAMPING = (0.8, 0.98)


def known():
    """Name, values, steps per season and forms: trend and season."""
    data = statsmodels.api.datasets
    yield "co2-monthly", pandas.read_csv(sets.SAMPLES / "co2-monthly.csv").co2.to_numpy()[:240], 12, ["AA", "dA", "AM"]
    yield "sunspots-yearly", pandas.read_csv(sets.SAMPLES / "sunspots-yearly.csv").SUNACTIVITY.to_numpy(), 1, ["NN", "AN", "dN"]
    yield "nile", data.nile.load_pandas().data.volume.to_numpy(), 1, ["NN", "AN", "dN"]
    yield "elnino", data.elnino.load_pandas().data.iloc[-20:, 1:].to_numpy().ravel(), 12, ["NA", "AA", "NM"]
    yield "macro-gdp", data.macrodata.load_pandas().data.realgdp.to_numpy(), 1, ["AN", "dN"]
    yield "macro-inflation", data.macrodata.load_pandas().data.infl.to_numpy(), 1, ["NN", "AN", "dN"]
    random, steps = numpy.random.default_rng(21), numpy.arange(120)
    season = numpy.sin(2 * numpy.pi * steps / 12)
    yield "additive", 100 + 0.5 * steps + 15 * season + 3 * random.normal(size=120), 12, ["AA", "NA", "dA"]
    yield "multiplicative", (50 + steps) * (1 + 0.3 * season) * (1 + 0.03 * random.normal(size=120)), 12, ["AM", "AA", "dM"]
    yield "damped", 80 * (1 - 0.93 ** steps) + 20 + 2 * random.normal(size=120), 1, ["NN", "AN", "dN"]
    yield "short", 10 + numpy.arange(14) + random.normal(size=14), 1, ["NN", "AN"]


def least_squares(values, length, form):
    trend, damped = TRENDS[form[0]]
    shape = {"trend": trend, "damped_trend": damped, "seasonal": SEASONS[form[1]], "seasonal_periods": length if form[1] != "N" else None}
    found = [float(numpy.sum((values - ETSModel(values, error="add", **shape).fit(disp=False, maxiter=20_000).fittedvalues) ** 2))]
    other = ExponentialSmoothing(values, initialization_method="estimated", **shape).fit()

    # Its slope may fade less than the usual region allows; such a fit is no witness.
    if not damped or USUAL_DAMPING[0] <= other.params["damping_trend"] <= USUAL_DAMPING[1]:
        found.append(float(other.sse))
    return min(found)


def document(name, values, length, forms):
    values = sets.rounded(values, 6)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cases = [{"form": form, "sumOfSquares": least_squares(values, length, form)} for form in forms]
    return {"name": name, "seasonLength": length, "values": values.tolist(), "cases": cases}
