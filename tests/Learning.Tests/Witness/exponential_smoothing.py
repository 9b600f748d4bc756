"""Writes exponential_smoothing.json: what statsmodels fits by exponential smoothing. Run here: /usr/bin/python3 exponential_smoothing.py > exponential_smoothing.json

The Nile's yearly flow (Cobb 1978, public domain) comes with statsmodels; the other series are in samples/ or made here.
"""
import json
import sys
import warnings

import numpy as np
import pandas as pd
import statsmodels.api as sm
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.holtwinters import ExponentialSmoothing

warnings.filterwarnings("ignore")
random = np.random.default_rng(7)
HORIZON = 24


def grown(months):
    """Growth with a season and noise in proportion to the level."""
    level, slope, values = 110.0, 1.4, []
    season = 1 + 0.2 * np.sin(2 * np.pi * np.arange(12) / 12) + 0.05 * np.cos(4 * np.pi * np.arange(12) / 12)
    for month in range(months):
        noise = random.normal(0, 0.03)
        expected = (level + slope) * season[month % 12]
        values.append(round(expected * (1 + noise), 3))
        level, slope = (level + slope) * (1 + 0.4 * noise), slope + 0.01 * (level + slope) * noise
    return np.array(values)


def quarters(count):
    """A slope that fades, with quarters added."""
    level, slope, season, values = 50.0, 6.0, [5.0, -3.0, -8.0, 6.0], []
    for quarter in range(count):
        noise = random.normal(0, 1.5)
        values.append(round(level + 0.9 * slope + season[quarter % 4] + noise, 3))
        level, slope = level + 0.9 * slope + 0.5 * noise, 0.9 * slope + 0.1 * noise
        season[quarter % 4] += 0.2 * noise
    return np.array(values)


def fading(count):
    """A curve that rises ever less, with noise that it never follows: the best weights are hardly above 0. On these draws, searches that begin at greater weights end elsewhere."""
    noise = np.random.default_rng(21).normal(0, 2, 3 * count)[-count:]
    return np.round(100 - 80 * 0.93 ** np.arange(count) + noise, 6)


series = {
    "co2-monthly": (pd.read_csv("../../../samples/co2-monthly.csv").co2.values, 12),
    "sunspots-yearly": (pd.read_csv("../../../samples/sunspots-yearly.csv").SUNACTIVITY.values, 1),
    "nile": (sm.datasets.nile.load_pandas().data.volume.values, 1),
    "grown": (grown(144), 12),
    "quarters": (quarters(48), 4),
    "fading": (fading(120), 1),
}
forms = {
    "co2-monthly": ["AAA", "AdA"],
    "sunspots-yearly": ["ANN", "AAN", "AdN"],
    "nile": ["ANN", "AAN", "AdN", "MNN", "MAN", "MdN"],
    "grown": ["ANA", "AAA", "AAM", "AdM", "MNA", "MAA", "MNM", "MAM", "MdM"],
    "quarters": ["ANA", "AAA", "AdA", "MAA", "MdA", "MAM"],
    "fading": ["ANN", "AdN"],
}
trends = {"N": (None, False), "A": ("add", False), "d": ("add", True)}
seasons = {"N": None, "A": "add", "M": "mul"}


def fitted(values, length, form):
    trend, damped = trends[form[1]]
    error = "add" if form[0] == "A" else "mul"
    model = ETSModel(values, error=error, trend=trend, damped_trend=damped, seasonal=seasons[form[2]], seasonal_periods=length if length > 1 else None)
    result = model.fit(disp=False, maxiter=20_000)
    squares = float(np.sum((values - result.fittedvalues) ** 2))
    if form[0] == "A":
        other = ExponentialSmoothing(values, trend=trend, damped_trend=damped, seasonal=seasons[form[2]], seasonal_periods=length if length > 1 else None, initialization_method="estimated").fit()
        # Its slope may fade less than the usual region allows; such a fit is no witness.
        usual = not damped or 0.8 <= other.params["damping_trend"] <= 0.98
        least = min(squares, other.sse) if usual else squares
    else:
        least = squares
    case = {
        "form": form,
        "minusTwoLogLikelihood": -2 * float(result.llf),
        "leastSquares": float(least),
        "squares": squares,
        "alpha": float(result.alpha),
        "beta": float(result.beta or 0) if trend else 0,
        "gamma": float(result.gamma or 0) if form[2] != "N" else 0,
        "phi": (float(result.phi) if damped else 1) if trend else 0,
        "level": float(result.initial_level),
        "trend": float(result.initial_trend) if trend else 0,
        "seasons": [float(value) for value in result.initial_seasonal] if form[2] != "N" else [],
        "forecast": [float(value) for value in result.forecast(HORIZON)],
        "varianceRatios": None,
    }
    if form[0] == "A" and form[2] != "M":
        case["varianceRatios"] = [float(value) for value in result._relative_forecast_variance(np.arange(1, HORIZON + 1))]
    return case


answer = []
for name, (values, length) in series.items():
    sample = name in ("co2-monthly", "sunspots-yearly")
    cases = [fitted(values, length, form) for form in forms[name]]
    answer.append({"name": name, "seasonLength": length, "values": [] if sample else values.tolist(), "cases": cases})
json.dump(answer, sys.stdout)
