"""The peer for the csv benchmark: pandas' C reader on the same file.

Debian: apt-get install python3-pandas
Run:    /usr/bin/python3 benchmarks/peers/pandas_csv.py rows.csv

Prints one line of JSON: seconds to read with the default conversion, which is off by a bit now and then, the first time
and once warm, and the peak memory of the process in MiB after the first.
"""
import json
import sys

import pandas

import stages

first = stages.timed(lambda: pandas.read_csv(sys.argv[1], engine="c"))
peak = stages.peak_mebibytes()
seconds = stages.timed_warm(lambda: pandas.read_csv(sys.argv[1], engine="c"), first)
total = float(pandas.read_csv(sys.argv[1], engine="c").sum().sum())
print(json.dumps({"FirstSeconds": first, "Seconds": seconds, "PeakMebibytes": peak, "Sum": total}))
