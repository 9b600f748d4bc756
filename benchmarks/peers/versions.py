"""Prints the versions of what the performance table is held against, as a line of JSON.

Debian: apt-get install python3-xgboost python3-sklearn python3-pandas
"""
import json
import platform

import numpy
import pandas
import sklearn
import xgboost

print(json.dumps({
    "Python": platform.python_version(), "NumPy": numpy.__version__, "pandas": pandas.__version__,
    "scikit-learn": sklearn.__version__, "XGBoost": xgboost.__version__}))
