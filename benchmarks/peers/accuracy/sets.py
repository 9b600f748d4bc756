"""Tables with labels: the samples, what scikit-learn and statsmodels bundle, and generated ones whose structure is known."""
import dataclasses
import pathlib

import numpy
import pandas
import sklearn.datasets
import statsmodels.api

SAMPLES = pathlib.Path(__file__).parents[3] / "samples"
SEEDS = 5
FOLDED_ROWS = 700
FOLDS = 4
HELD_OUT = 0.3


@dataclasses.dataclass
class Table:
    """Rows and labels. Values are rounded once, here, so that both sides read the same ones."""
    name: str
    features: numpy.ndarray
    labels: numpy.ndarray
    task: str = "regression"
    cardinalities: dict = dataclasses.field(default_factory=dict)
    weights: numpy.ndarray = None
    monotone: dict = dataclasses.field(default_factory=dict)
    is_ordered: bool = False
    digits: int = 6

    def __post_init__(self):
        self.features = rounded(self.features, self.digits)
        self.labels = numpy.asarray(self.labels, int) if self.task == "classification" else rounded(self.labels, self.digits)

    @property
    def classes(self):
        return int(self.labels.max()) + 1 if self.task == "classification" else 0

    def folds(self, seed):
        """The fold of each row: what is fitted on the others is held against fold 0 and up; -1 is left out."""
        rows, random = len(self.labels), numpy.random.default_rng(1000 + seed)
        if self.is_ordered:
            start = int(rows * (0.5 + 0.1 * seed))
            return numpy.where(numpy.arange(rows) < start, 1, numpy.where(numpy.arange(rows) < start + rows // 10, 0, -1))
        order = random.permutation(rows)
        if self.task == "classification":
            order = order[numpy.argsort(self.labels[order], kind="stable")]
        folds = numpy.empty(rows, int)
        if rows <= FOLDED_ROWS:
            folds[order] = numpy.arange(rows) % FOLDS
        else:
            folds[order] = (numpy.arange(rows) * HELD_OUT % 1 >= HELD_OUT).astype(int)
        return folds

    def fold_count(self):
        return FOLDS if len(self.labels) <= FOLDED_ROWS and not self.is_ordered else 1


def rounded(values, digits):
    """To some significant digits, so that files stay small."""
    values = numpy.asarray(values, float)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        places = digits - 1 - numpy.floor(numpy.log10(numpy.abs(values)))
    flat = [value if not numpy.isfinite(place) else round(value, int(place)) for value, place in zip(values.ravel(), places.ravel())]
    return numpy.array(flat).reshape(values.shape)


def sample(name, task):
    table = pandas.read_csv(SAMPLES / f"{name}.csv")
    labels = table.iloc[:, -1]
    return Table(name, table.iloc[:, :-1].to_numpy(float), labels if task == "regression" else pandas.factorize(labels, sort=True)[0], task)


def bundled(name, label, drop=(), task="regression", rows=None, make=None, **rest):
    table = getattr(statsmodels.api.datasets, name).load_pandas().data
    table = table.drop(columns=list(drop)).apply(pandas.to_numeric, errors="coerce").dropna(subset=[label])
    if rows:
        table = table.sample(rows, random_state=1).reset_index(drop=True)
    labels = make(table[label]) if make else table[label]
    return Table(f"{name}-{label.lower()}", table.drop(columns=[label]).to_numpy(float), labels, task, **rest)


def samples():
    yield sample("breast-cancer", "classification")
    yield sample("wine", "classification")
    yield sample("iris", "classification")
    yield sample("digits", "classification")
    yield sample("diabetes", "regression")


def published():
    exercise = sklearn.datasets.load_linnerud()
    yield Table("linnerud-weight", exercise.data, exercise.target[:, 0])
    yield bundled("fair", "affairs", task="classification", make=lambda label: (label > 0).astype(int))
    yield bundled("anes96", "vote", task="classification", make=lambda label: label.astype(int))
    yield bundled("anes96", "PID", task="classification", make=lambda label: label.astype(int))
    yield bundled("spector", "GRADE", task="classification", make=lambda label: label.astype(int))
    yield bundled("star98", "NABOVE", drop=["NBELOW"])
    yield bundled("ccard", "AVGEXP")
    yield bundled("cancer", "cancer")
    yield bundled("longley", "TOTEMP", drop=["YEAR"])
    yield bundled("stackloss", "STACKLOSS")
    yield bundled("scotland", "YES")
    yield bundled("randhie", "mdvis", rows=3000)
    firms = statsmodels.api.datasets.grunfeld.load_pandas().data
    firms["firm"] = pandas.factorize(firms.firm)[0]
    yield Table("grunfeld-invest", firms.drop(columns=["invest"]).to_numpy(float), firms.invest, cardinalities={2: 11})


def generated():
    random = numpy.random.default_rng(3)
    make = sklearn.datasets
    yield Table("linear", *make.make_regression(800, 12, n_informative=8, noise=20, random_state=1))
    yield Table("friedman-1", *make.make_friedman1(1500, 10, noise=1, random_state=2))
    yield Table("friedman-2", *make.make_friedman2(1500, noise=50, random_state=3))
    yield Table("friedman-3", *make.make_friedman3(1500, noise=0.1, random_state=4))
    x = random.uniform(-1, 1, (2000, 6))
    yield Table("xor", x, (x[:, 0] * x[:, 1] > 0) ^ (random.random(2000) < 0.1), "classification")
    yield Table("interactions", x, 4 * x[:, 0] * x[:, 1] * (x[:, 2] > 0) + x[:, 3] + 0.3 * random.normal(size=2000))
    x, y = make.make_hastie_10_2(3000, random_state=5)
    yield Table("hastie", x, y > 0, "classification")
    yield Table("moons", *make.make_moons(800, noise=0.3, random_state=6), "classification")
    yield Table("circles", *make.make_circles(800, noise=0.15, factor=0.6, random_state=7), "classification")
    yield Table("imbalanced", *make.make_classification(8000, 12, n_informative=6, weights=[0.99], flip_y=0.002, class_sep=1.2, random_state=8), "classification")
    for classes in (3, 5, 10, 20):
        yield Table(f"classes-{classes}", *make.make_classification(1500 + 40 * classes, 15, n_informative=10, n_classes=classes, n_clusters_per_class=1, class_sep=1, flip_y=0.05, random_state=9 + classes), "classification")
    yield Table("wide", *make.make_classification(200, 1000, n_informative=20, n_redundant=0, random_state=10), "classification", digits=4)
    yield Table("noisy-labels", *make.make_classification(2000, 10, n_informative=5, flip_y=0.4, random_state=11), "classification")
    yield from odd_columns(random)
    yield from odd_labels(random)
    yield from odd_rows(random)


def odd_columns(random):
    effect = random.normal(size=300)
    category = (300 * random.random(3000) ** 2).astype(int)
    x = numpy.column_stack([category, random.normal(size=(3000, 4))])
    score = effect[category] + x[:, 1] * x[:, 2]
    yield Table("categories-300", x, score + 0.5 * random.normal(size=3000), cardinalities={0: 300})
    yield Table("categories-300-classes", x, score + random.logistic(size=3000) > 0, "classification", cardinalities={0: 300})
    category = random.integers(0, 12, (2000, 2))
    x = numpy.column_stack([category, random.normal(size=(2000, 3))])
    yield Table("categories-12", x, effect[category[:, 0]] * (1 + (category[:, 1] % 3)) + x[:, 2] + 0.5 * random.normal(size=2000), cardinalities={0: 12, 1: 12})
    ordered = random.integers(0, 40, (2000, 3)).astype(float)
    yield Table("categories-ordered", ordered, numpy.sqrt(ordered[:, 0]) + (ordered[:, 1] > 20) + 0.3 * random.normal(size=2000))
    x, y = make_missing(random)
    yield Table("missing-random", numpy.where(random.random(x.shape) < 0.3, numpy.nan, x), y, "classification")
    hides = random.random(x.shape) < numpy.where(x > 0.3, 0.75, 0.08)
    yield Table("missing-informative", numpy.where(hides, numpy.nan, x), y, "classification")
    steps = random.integers(0, 3, (1200, 8))
    yield Table("three-values", steps, (steps[:, 0] == steps[:, 1]) ^ (steps[:, 2] == 2) ^ (random.random(1200) < 0.1), "classification")
    values = random.integers(0, 300, (3000, 3)).astype(float)
    yield Table("bins-300", values, numpy.sin(values[:, 0] / 5) + (values[:, 1] % 7 > 3) + 0.2 * random.normal(size=3000))
    x = random.normal(size=(1500, 5))
    scale = numpy.array([1e-12, 1e-5, 1, 1e6, 1e12])
    yield Table("scales", x * scale, x[:, 0] + numpy.sin(2 * x[:, 4]) + x[:, 2] * x[:, 3] + 0.3 * random.normal(size=1500))
    offset = numpy.round(random.normal(size=(1500, 4)), 2)
    yield Table("near-ties", offset + [1e4, 0, 1e5, 0], offset[:, 0] + offset[:, 2] * offset[:, 1] + 0.3 * random.normal(size=1500), digits=9)
    skewed = numpy.exp(2 * random.normal(size=(2000, 6)))
    yield Table("skewed", skewed, numpy.log(skewed[:, 0]) + numpy.minimum(skewed[:, 1], 3) + 0.5 * random.normal(size=2000))
    spikes = numpy.where(random.random((2000, 8)) < 0.9, 0, random.exponential(size=(2000, 8)))
    yield Table("mostly-zero", spikes, spikes[:, 0] - spikes[:, 1] + 0.3 * (spikes[:, 2] > 0) + 0.2 * random.normal(size=2000))


def make_missing(random):
    x = random.normal(size=(2500, 8))
    score = x[:, 0] + x[:, 1] * x[:, 2] + numpy.abs(x[:, 3])
    return x, score + 0.7 * random.logistic(size=2500) > 0.8


def odd_labels(random):
    x = random.normal(size=(2000, 8))
    signal = 3 * x[:, 0] + x[:, 1] * x[:, 2]
    yield Table("heavy-tails", x, signal + random.standard_t(1.5, size=2000))
    yield Table("skewed-label", x, numpy.exp(1 + 0.4 * signal + 0.3 * random.normal(size=2000)))
    yield Table("huge-label", x, 1e9 + 1e6 * signal + 1e6 * random.normal(size=2000), digits=10)
    yield Table("tiny-label", x, 1e-9 * signal + 1e-9 * random.normal(size=2000))
    yield Table("counts", x, random.poisson(numpy.exp(0.4 * x[:, 0] + 0.3 * x[:, 1] * x[:, 2])))
    yield Table("rare-counts", x, random.poisson(0.05 * numpy.exp(x[:, 0] + 0.5 * x[:, 1])))
    yield Table("many-zeros", x, numpy.where(random.random(2000) < 0.7, 0, numpy.exp(signal / 3)))
    yield Table("monotone", x, 2 * numpy.tanh(x[:, 0]) - x[:, 1] + 0.8 * random.normal(size=2000), monotone={0: 1, 1: -1})
    yield Table("monotone-classes", x, numpy.tanh(x[:, 0]) - x[:, 1] + random.logistic(size=2000) > 0, "classification", monotone={0: 1, 1: -1})


def odd_rows(random):
    x = random.normal(size=(2000, 6))
    signal = 2 * x[:, 0] + numpy.sin(3 * x[:, 1]) + x[:, 2] * x[:, 3]
    yield Table("weights", x, signal + random.normal(size=2000), weights=random.integers(0, 4, 2000))
    yield Table("weights-classes", x, signal + 2 * random.logistic(size=2000) > 0, "classification", weights=numpy.round(random.exponential(size=2000), 2))
    yield Table("weights-far-apart", x, signal + random.normal(size=2000), weights=10.0 ** random.integers(-3, 4, 2000))
    again = random.integers(0, 300, 2000)
    yield Table("repeated-rows", x[again], (signal + random.normal(size=2000))[again])
    order = numpy.argsort(signal)
    yield Table("sorted-rows", x[order], (signal + random.normal(size=2000))[order])
    yield Table("few-20", x[:20], (signal + random.normal(size=2000))[:20])
    yield Table("few-60-classes", x[:60], (signal + random.logistic(size=2000))[:60] > 0, "classification")
    time = numpy.arange(2000)
    walk = numpy.cumsum(random.normal(size=2000)) / 10
    lagged = numpy.column_stack([time % 7, time % 30, numpy.roll(walk, 1), numpy.roll(walk, 2), x[:, 0]])[2:]
    yield Table("time-like", lagged, (walk + (time % 7 == 3) + 0.3 * x[:, 0] + 0.1 * random.normal(size=2000))[2:], is_ordered=True)
    outliers = x.copy()
    outliers[random.integers(0, 2000, 20), random.integers(0, 6, 20)] = 1e6
    yield Table("outliers", outliers, signal + random.normal(size=2000))


def all_tables():
    yield from samples()
    yield from published()
    yield from generated()
