"""Writes text_classification.json: a corpus, and what scikit-learn makes of it. Run here: /usr/bin/python3 text_classification.py > text_classification.json

The texts are verses of the King James Version (1611), whose copyright has expired, as Debian's packages bible-kjv and
bible-kjv-text print them; the class is the book. Every fifth verse is held out.
"""
import json
import subprocess

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB

BOOKS = {"Genesis": "gen1:1-gen30", "Proverbs": "pro1:1-pro25", "Matthew": "mat1:1-mat20", "Romans": "rom1:1-rom16:27", "Revelation": "rev1:1-rev22:21"}
VERSES = 140

texts, labels = [], []
for book, verses in BOOKS.items():
    lines = subprocess.run(["bible", "-f", verses], capture_output=True, text=True, check=True).stdout.strip().split("\n")
    spread = [lines[int(index)] for index in np.linspace(0, len(lines) - 1, VERSES)]
    texts += [line.split(" ", 1)[1].strip() for line in spread]
    labels += [book] * VERSES
order = np.random.default_rng(1).permutation(len(texts))
texts = [texts[index] for index in order]
labels = np.array([labels[index] for index in order])
held = np.arange(len(texts)) % 5 == 0
known = [text for text, out in zip(texts, held) if not out]
asked = [text for text, out in zip(texts, held) if out]

cases = []
for settings, options in [
    ({}, {}),
    ({"max_ngram": 2, "min_documents": 2, "sublinear": 1}, {"ngram_range": (1, 2), "min_df": 2, "sublinear_tf": True}),
]:
    vectorizer = TfidfVectorizer(**options).fit(known)
    model = LogisticRegression(tol=1e-8, max_iter=500, solver="newton-cg").fit(vectorizer.transform(known), labels[~held])
    row = vectorizer.transform(asked[:1]).tocoo()
    cases.append({
        "method": "text_logistic_regression",
        "settings": settings,
        "terms": len(vectorizer.vocabulary_),
        "row": {vectorizer.get_feature_names_out()[column]: value for column, value in zip(row.col, row.data)},
        "probabilities": model.predict_proba(vectorizer.transform(asked[:20])).ravel().tolist(),
        "accuracy": float(model.score(vectorizer.transform(asked), labels[held])),
    })

vectorizer = CountVectorizer().fit(known)
model = MultinomialNB().fit(vectorizer.transform(known), labels[~held])
row = vectorizer.transform(asked[:1]).tocoo()
cases.append({
    "method": "text_naive_bayes",
    "settings": {},
    "terms": len(vectorizer.vocabulary_),
    "row": {vectorizer.get_feature_names_out()[column]: float(value) for column, value in zip(row.col, row.data)},
    "probabilities": model.predict_proba(vectorizer.transform(asked[:20])).ravel().tolist(),
    "accuracy": float(model.score(vectorizer.transform(asked), labels[held])),
})
two = np.isin(labels, ["Genesis", "Matthew"]) & ~held
vectorizer = TfidfVectorizer().fit([text for text, one in zip(texts, two) if one])
model = LogisticRegression(tol=1e-8, max_iter=500, solver="newton-cg").fit(vectorizer.transform([text for text, one in zip(texts, two) if one]), labels[two])
binary = model.predict_proba(vectorizer.transform(asked[:20])).ravel().tolist()
print(json.dumps({"texts": texts, "labels": labels.tolist(), "cases": cases, "binary": binary}))
