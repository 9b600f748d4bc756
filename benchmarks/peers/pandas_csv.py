"""The peer for the csv benchmark: pandas' C reader on the same file.

Debian: apt-get install python3-pandas
Run:    /usr/bin/python3 benchmarks/peers/pandas_csv.py rows.csv

Prints one line of JSON: seconds to read with the default conversion, which is off by a bit now and then, and the peak
memory of the process in MiB.
"""
import json
import sys
import time

import pandas

start = time.perf_counter()
frame = pandas.read_csv(sys.argv[1], engine="c")
seconds = time.perf_counter() - start
with open("/proc/self/status", encoding="ascii") as status:
    peak = int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1024
print(json.dumps({"Seconds": seconds, "PeakMebibytes": peak, "Sum": float(frame.sum().sum())}))
