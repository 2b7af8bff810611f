"""Regression by formula, a time series, a test."""

import numpy as np
import pandas as pd
import statsmodels.api as sm
import statsmodels.formula.api as smf
from statsmodels.stats.multitest import multipletests
from statsmodels.tsa.arima.model import ARIMA
from statsmodels.tsa.stattools import adfuller


def handler(event, context):
    frame = pd.DataFrame(event["rows"], columns=["y", "x", "g"])
    fit = smf.ols("y ~ x + C(g)", frame).fit()
    rng = np.random.default_rng(3)
    walk = np.cumsum(rng.normal(size=120))
    arima = ARIMA(walk, order=(1, 1, 0)).fit()
    logit = sm.Logit((frame.y > 4).astype(int), sm.add_constant(frame.g.map({"a": 0.0, "b": 1.0})))
    rejected = multipletests([0.01, 0.2, 0.03], method="fdr_bh")[0]
    return {
        "params": {k: round(v, 3) for k, v in fit.params.items()}, "r2": round(fit.rsquared, 3),
        "aic": bool(arima.aic > 0), "stationary": bool(adfuller(walk)[1] < 0.05), "rejected": rejected.tolist(),
        "names": logit.exog_names, "summary": "OLS Regression" in fit.summary().as_text(),
    }
