"""The peer for the predict benchmark: FastAPI + scikit-learn serving a 100-tree model on the same dataset.

Debian: apt-get install python3-fastapi python3-uvicorn python3-sklearn python3-pandas
Run:    python3 benchmarks/peers/fastapi_sklearn.py samples/breast-cancer.csv diagnosis 8099 gradient_boosting

It answers POST /predict with {"instances": [{column: value, ...}]} in the shape that Trainyard answers, by named
columns, one worker process, as a data scientist would write it.
"""
import sys
import uuid

import pandas
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingClassifier, RandomForestClassifier

TREES = 100
LEARNERS = {
    "gradient_boosting": lambda: GradientBoostingClassifier(n_estimators=TREES, random_state=0),
    "hist_gradient_boosting": lambda: HistGradientBoostingClassifier(max_iter=TREES, random_state=0),
    "random_forest": lambda: RandomForestClassifier(n_estimators=TREES, random_state=0),
}

path, target, port, learner = sys.argv[1:5]
data = pandas.read_csv(path)
columns = [name for name in data.columns if name != target]
model = LEARNERS[learner]().fit(data[columns].to_numpy(), data[target])
classes = [str(name) for name in model.classes_]
app = FastAPI()


class Request(BaseModel):
    instances: list[dict[str, float]]


@app.get("/health")
def health():
    return {"status": "ok"}


@app.post("/predict")
def predict(request: Request):
    rows = pandas.DataFrame(request.instances, columns=columns)
    probabilities = model.predict_proba(rows.to_numpy())
    return {
        "model": "peer",
        "version": "v1",
        "predictions": [classes[row.argmax()] for row in probabilities],
        "probabilities": [dict(zip(classes, map(float, row))) for row in probabilities],
        "prediction_ids": [str(uuid.uuid4()) for _ in probabilities],
    }


uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning", access_log=False)
