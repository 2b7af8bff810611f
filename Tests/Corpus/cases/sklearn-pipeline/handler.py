"""A pipeline of transformers and models, trained and asked."""

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.datasets import load_iris
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def handler(event, context):
    x, y = load_iris(return_X_y=True)
    search = GridSearchCV(make_pipeline(StandardScaler(), LogisticRegression(max_iter=500)),
                          {"logisticregression__C": [0.1, 1.0]}, cv=3)
    search.fit(x, y)
    models = {
        "forest": RandomForestClassifier(20, random_state=0), "neighbours": KNeighborsClassifier(5),
        "boosting": GradientBoostingClassifier(n_estimators=10, random_state=0),
    }
    scores = {n: round(float(cross_val_score(m, x, y, cv=3).mean()), 1) for n, m in models.items()}
    text = TfidfVectorizer().fit(event["texts"])
    columns = ColumnTransformer([("c", OneHotEncoder(), [0])], remainder="passthrough")
    encoded = columns.fit_transform(np.array([["a", 1], ["b", 2]], dtype=object))
    return {"best": search.best_params_, "predicted": search.predict([event["flower"]]).tolist(),
            "scores": scores, "words": sorted(text.vocabulary_), "encoded": encoded.tolist()}
