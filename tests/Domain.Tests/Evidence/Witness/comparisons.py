"""Records what scipy says of differences of means and of sample ratios: comparisons.json beside this script.

Run: /usr/bin/python3 comparisons.py   (scipy 1.10)
"""
import json
import math
import pathlib

from scipy.optimize import brentq, minimize_scalar
from scipy.special import betaln, gammaln, xlog1py, xlogy


def log_ratio(total, count, mean):
    return betaln(total + 0.5, count - total + 0.5) - betaln(0.5, 0.5) - xlogy(total, mean) - xlog1py(count - total, -mean)


def least(first, second, difference):
    low, high = max(0.0, -difference), min(1.0, 1.0 - difference)
    if high - low < 1e-15:
        return log_ratio(*first, low + difference) + log_ratio(*second, low)
    found = minimize_scalar(lambda mean: log_ratio(*first, mean + difference) + log_ratio(*second, mean), bounds=(low, high), method="bounded", options={"xatol": 1e-12})
    return found.fun


def bounds(first, second, alpha):
    limit = math.log(1 / alpha)
    seen = first[0] / first[1] - second[0] / second[1]

    def excess(difference):
        return least(first, second, difference) - limit

    lower = -1.0 if excess(-1 + 1e-12) < 0 else brentq(excess, -1 + 1e-12, seen, xtol=1e-12)
    upper = 1.0 if excess(1 - 1e-12) < 0 else brentq(excess, seen, 1 - 1e-12, xtol=1e-12)
    return lower, upper


def sample_ratio(counts, shares, concentration=100.0):
    """1 / Bayes factor of Dirichlet(concentration * shares) against the shares."""
    n = sum(counts)
    alternative = gammaln(concentration) - gammaln(concentration + n) + sum(gammaln(concentration * s + c) - gammaln(concentration * s) for c, s in zip(counts, shares))
    null = sum(c * math.log(s) for c, s in zip(counts, shares))
    return min(1.0, math.exp(null - alternative))


pairs = [((5, 10), (5, 10)), ((0, 20), (20, 20)), ((30, 1000), (20, 1000)), ((520, 1000), (450, 1000)), ((61.5, 120), (40.25, 110)), ((12000, 100000), (11400, 100000)), ((3, 50), (0, 5000))]
ratios = [([50, 50], [0.5, 0.5]), ([5000, 5400], [0.5, 0.5]), ([900, 100], [0.9, 0.1]), ([900, 160], [0.9, 0.1]), ([0, 40], [0.5, 0.5]), ([33000, 33500, 33500], [1 / 3, 1 / 3, 1 / 3]), ([0, 0], [0.5, 0.5])]
record = {
    "differences": [[*first, *second, alpha, *bounds(first, second, alpha)] for first, second in pairs for alpha in (0.05, 0.001)],
    "ratios": [[counts, shares, sample_ratio(counts, shares)] for counts, shares in ratios],
}
pathlib.Path(__file__).with_name("comparisons.json").write_text(json.dumps(record, indent=1) + "\n")
