import os
import tempfile

import joblib

calls = []


def slow(n):
    calls.append(n)
    return n * n


def handler(event, context):
    with tempfile.TemporaryDirectory() as folder:
        cached = joblib.Memory(folder, verbose=0).cache(slow)
        squares = [cached(n) for n in event["numbers"]]
        path = os.path.join(folder, "squares.pkl")
        joblib.dump(squares, path, compress=3)
        return {"squares": joblib.load(path), "calls": calls}
