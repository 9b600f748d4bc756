"""Texts: the verses of the tests' witness, and generated ones of words that classes share."""
import json

import numpy
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline

import sets

VERSES = sets.SAMPLES.parent / "tests" / "Learning.Tests" / "Witness" / "text_classification.json"
HELD_OUT = 0.25


def known():
    verses = json.loads(VERSES.read_text())
    yield "verses", verses["texts"], verses["labels"]
    random = numpy.random.default_rng(31)
    words = ["".join(random.choice(list("abcdefghiklmnoprstu"), random.integers(3, 9))) for _ in range(600)]
    common = random.dirichlet(numpy.full(600, 0.3))
    labels, texts = [], []
    for row in range(800):
        label = int(random.integers(0, 4))
        own = numpy.roll(common, 40 * label)
        texts.append(" ".join(random.choice(words, random.integers(4, 30), p=0.7 * common + 0.3 * own)))
        labels.append(f"class {label}")
    yield "generated-words", texts, labels


def peers():
    settled = {"tol": 1e-8, "max_iter": 500, "solver": "newton-cg"}
    yield "TF-IDF, logistic", "text_logistic_regression", {}, lambda: make_pipeline(TfidfVectorizer(), LogisticRegression(**settled))
    yield "TF-IDF of pairs, logistic", "text_logistic_regression", {"max_ngram": 2, "sublinear": 1}, lambda: make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LogisticRegression(**settled))
    yield "counts, naive Bayes", "text_naive_bayes", {}, lambda: make_pipeline(CountVectorizer(), MultinomialNB())


def document(name, texts, labels):
    texts, labels = numpy.array(texts, object), numpy.array(labels)
    held = [(numpy.random.default_rng(seed).random(len(texts)) < HELD_OUT) for seed in range(sets.SEEDS)]
    cases = []
    for study, method, settings, peer in peers():
        scores = [float(peer().fit(texts[~out], labels[~out]).score(texts[out], labels[out])) for out in held]
        cases.append({"study": study, "method": method, "settings": settings, "accuracy": scores})
    return {"name": name, "texts": texts.tolist(), "labels": labels.tolist(), "held": [out.tolist() for out in held], "cases": cases}
