"""Records what numpy and scipy say of shares, bands and stability indices: evidence.json beside this script.

Run: /usr/bin/python3 evidence.py   (scipy 1.10, numpy 1.24)
"""
import json
import math
import pathlib

import numpy
from scipy.optimize import brentq
from scipy.special import betaln, gammaln


def share_bounds(hits, calls, alpha):
    misses = calls - hits

    def excess(p):
        return betaln(hits + 0.5, misses + 0.5) - betaln(0.5, 0.5) - hits * math.log(p) - (misses * math.log1p(-p) if misses else 0) - math.log(1 / alpha)

    mean = hits / calls
    tiny = 1e-300
    lower = 0.0 if hits == 0 else brentq(excess, tiny, mean, xtol=1e-15)
    upper = 1.0 if misses == 0 else brentq(excess, mean if mean > 0 else tiny, 1 - 1e-16, xtol=1e-15)
    return lower, upper


def stability(expected, actual):
    expected, actual = numpy.array(expected, float), numpy.array(actual, float)
    p = (expected + 0.5) / (expected + 0.5).sum()
    q = (actual + 0.5) / (actual + 0.5).sum()
    return float(((q - p) * numpy.log(q / p)).sum())


def coverage(share, alpha, calls, runs, seed):
    """The share of runs in which the sequence is ever wrong."""
    rng = numpy.random.default_rng(seed)
    hits = (rng.random((runs, calls)) < share).cumsum(axis=1)
    n = numpy.arange(1, calls + 1)
    log_ratio = betaln(hits + 0.5, n - hits + 0.5) - betaln(0.5, 0.5) - hits * math.log(share) - (n - hits) * math.log1p(-share)
    return float((log_ratio.max(axis=1) >= math.log(1 / alpha)).mean())


shares = [(0, 10), (10, 10), (1, 10), (3, 1000), (250, 1000), (999, 1000), (12345, 100000), (5, 1000000)]
tables = [([50, 50], [50, 50]), ([90, 10], [60, 40]), ([10, 0, 5, 85], [0, 20, 5, 75]), ([1000, 2000, 3000], [3000, 2000, 1000])]
record = {
    "log_gamma": [[x, float(gammaln(x))] for x in (0.5, 1, 1.5, 2, 3.25, 10, 100.5, 12345.5, 1e6)],
    "shares": [[hits, calls, alpha, *share_bounds(hits, calls, alpha)] for hits, calls in shares for alpha in (0.05, 0.001)],
    "stability": [[expected, actual, stability(expected, actual)] for expected, actual in tables],
    "coverage": [[share, 0.05, coverage(share, 0.05, 2000, 2000, 1)] for share in (0.01, 0.3)],
}
pathlib.Path(__file__).with_name("evidence.json").write_text(json.dumps(record, indent=1) + "\n")
