"""Writes accuracy/*.json: tables of the accuracy benchmark on which every fit takes a moment, with the peers' scores.

Run here: /usr/bin/python3 accuracy.py
"""
import json
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
PEERS = HERE.parents[2] / "benchmarks" / "peers" / "accuracy"
TABLES = ["cancer-cancer", "few-60-classes", "iris", "stackloss-stackloss", "three-values", "wine"]

with tempfile.TemporaryDirectory() as folder:
    subprocess.run(["/usr/bin/python3", PEERS, folder, *TABLES], check=True)
    for name in TABLES:
        table = json.loads((pathlib.Path(folder) / "tables" / f"{name}.json").read_text())
        for case in table["cases"]:
            case["metrics"] = [metric for metric in case["metrics"] if metric["bound"] is not None]
        table["cases"] = [case for case in table["cases"] if case["metrics"]]
        (HERE / "accuracy" / f"{name}.json").write_text(json.dumps(table, separators=(",", ":")) + "\n")
