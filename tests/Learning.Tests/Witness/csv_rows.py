"""Writes csv_rows.json: files and the rows that Python's csv module reads from them. Run: /usr/bin/python3 csv_rows.py"""
import csv
import io
import json
import pathlib
import random

HERE = pathlib.Path(__file__).parent
PIECES = ['"', '""', ",", ";", "\n", "\r", "\r\n", "x", "grün", " ", "1.5", "\t", "日本", "5\" pipe"]

random.seed(20261121)
files = []
while len(files) < 150:
    width = random.randint(1, 5)
    terminator = random.choice(["\n", "\r\n", "\r"])
    text = io.StringIO(newline="")
    writer = csv.writer(
        text, delimiter=",", lineterminator=terminator, quoting=random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))
    writer.writerow([f"c{index}" for index in range(width)])
    for _ in range(random.randint(1, 12)):
        writer.writerow(["".join(random.choices(PIECES, k=random.randint(0, 4))) for _ in range(width)])
    # What a writer never writes but readers must take: quotes inside an unquoted field, no line end at the end.
    written = text.getvalue()
    if random.random() < 0.5:
        written += ",".join(['say "hi" to'] * width) + (terminator if random.random() < 0.5 else "")
    rows = [row for row in csv.reader(io.StringIO(written, newline=""), strict=True) if row]
    if any(len(row) != width for row in rows):
        continue
    files.append({"file": written, "rows": rows})

(HERE / "csv_rows.json").write_text(json.dumps(files, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
