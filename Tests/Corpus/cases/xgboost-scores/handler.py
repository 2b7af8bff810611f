"""Scores by XGBoost: training, constraints, contributions, models as JSON and UBJ, and Treelite's reading of them."""

import json
import tempfile
from pathlib import Path

import numpy as np
import treelite
import xgboost as xgb
from scipy import sparse
from treelite.model_builder import Metadata, ModelBuilder, PostProcessorFunc, TreeAnnotation
from xgboost.callback import EarlyStopping, LearningRateScheduler, TrainingCallback

HERE = Path(__file__).parent


class Recorder(TrainingCallback):
    def __init__(self):
        self.rounds = []

    def after_iteration(self, model, epoch, evals_log):
        self.rounds.append(epoch)
        return False


class Chunks(xgb.DataIter):
    def __init__(self, x, y):
        super().__init__()
        self.parts, self.at = list(zip(np.array_split(x, 3), np.array_split(y, 3))), 0

    def next(self, input_data):
        if self.at == len(self.parts):
            return False
        input_data(data=self.parts[self.at][0], label=self.parts[self.at][1])
        self.at += 1
        return True

    def reset(self):
        self.at = 0


def squared(predicted, data):
    return predicted - data.get_label(), np.ones_like(predicted)


def table(rows):
    n = np.arange(rows)
    x = np.column_stack([n % 7, (n * 13) % 11, (n * 5) % 3]).astype("f4")
    return x, (x[:, 0] * 2 + x[:, 1] > 10).astype("f4"), x[:, 0] * 3 - x[:, 2]


def two_leaves():
    builder = ModelBuilder(threshold_type="float32", leaf_output_type="float32", metadata=Metadata(num_feature=1, task_type="kRegressor", average_tree_output=False, num_target=1, num_class=[1], leaf_vector_shape=(1, 1)),
                           tree_annotation=TreeAnnotation(num_tree=1, target_id=[0], class_id=[0]), postprocessor=PostProcessorFunc(name="identity"), base_scores=[0.0])
    builder.start_tree()
    builder.start_node(0)
    builder.numerical_test(feature_id=0, threshold=1.5, default_left=True, opname="<", left_child_key=1, right_child_key=2)
    builder.end_node()
    for key, value in ((1, -1.0), (2, 4.0)):
        builder.start_node(key)
        builder.leaf(value)
        builder.end_node()
    builder.end_tree()
    return builder.commit()


def handler(event, context):
    x, label, amount = table(event["rows"])
    names = ["days", "visits", "kind"]
    options = {"objective": "binary:logistic", "max_depth": 3, "nthread": 1, "seed": 7, "eval_metric": ["auc", "logloss"], "monotone_constraints": "(1,0,0)"}
    train, test = xgb.DMatrix(x[:-20], label[:-20], feature_names=names), xgb.DMatrix(x[-20:], label[-20:], feature_names=names)
    history, recorder = {}, Recorder()
    booster = xgb.train(options, train, 12, evals=[(test, "test")], evals_result=history, verbose_eval=False, callbacks=[recorder, EarlyStopping(5, save_best=True), LearningRateScheduler(lambda n: 0.5 * 0.9 ** n)])
    scores, parts = booster.predict(test), booster.predict(test, pred_contribs=True)
    with tempfile.TemporaryDirectory() as folder:
        files = {kind: str(Path(folder, f"model.{kind}")) for kind in ("json", "ubj")}
        for file in files.values():
            booster.save_model(file)
        again = {kind: xgb.Booster(model_file=file) for kind, file in files.items()}
        read = treelite.frontend.load_xgboost_model(files["json"], format_choice="json")
        version = json.loads(Path(files["json"]).read_text())["learner"]["gradient_booster"]["name"]
    categories = xgb.DMatrix(x[:, 2:3], amount, feature_types=["c"], enable_categorical=True)
    linear = xgb.train({"booster": "gblinear", "objective": "reg:squarederror", "nthread": 1, "updater": "coord_descent"}, xgb.DMatrix(sparse.csr_matrix(x), amount), 30)
    quantile = xgb.QuantileDMatrix(Chunks(x, amount))
    dart = xgb.train({"booster": "dart", "tree_method": "hist", "rate_drop": 0.1, "nthread": 1, "seed": 1}, quantile, 5)
    own = xgb.train({"nthread": 1, "base_score": 0, "disable_default_eval_metric": 1}, xgb.DMatrix(x, amount), 5, obj=squared)
    folds = xgb.cv({"max_depth": 2, "nthread": 1, "objective": "reg:squarederror"}, xgb.DMatrix(x, amount), 4, nfold=3, seed=3, as_pandas=False)
    shipped = xgb.Booster(model_file=str(HERE / "model.json"))
    try:
        xgb.train({"objective": "none"}, train, 1)
    except xgb.core.XGBoostError as error:
        wrong = "Unknown objective" in str(error)
    with xgb.config_context(verbosity=0):
        quiet = xgb.get_config()["verbosity"]
    return {
        "right": int(((scores > 0.5) == label[-20:]).sum()), "auc": round(history["test"]["auc"][-1], 3), "rounds": len(recorder.rounds) > 3, "sums": bool(np.allclose(parts.sum(1), booster.predict(test, output_margin=True), atol=1e-4)),
        "again": {kind: bool(np.allclose(model.predict(test), scores)) for kind, model in again.items()}, "booster": version, "best": max(booster.get_score(importance_type="gain").items(), key=lambda item: item[1])[0],
        "inplace": bool(np.allclose(booster.inplace_predict(x[-20:], validate_features=False), scores)), "categories": len(xgb.train({"nthread": 1}, categories, 2).get_dump(with_stats=True, dump_format="json")),
        "linear": np.round(linear.predict(xgb.DMatrix(np.array([[2, 0, 1]], "f4"))), 0).tolist(), "dart": bool(np.abs(dart.predict(xgb.DMatrix(x)) - amount).mean() < 3), "own": bool(np.corrcoef(own.predict(xgb.DMatrix(x)), amount)[0, 1] > 0.9),
        "folds": sorted(folds), "wrong": wrong, "quiet": quiet, "shipped": [shipped.num_boosted_rounds(), shipped.attr("owner"), np.round(shipped.predict(xgb.DMatrix(x[:3])), 2).tolist()],
        "treelite": [read.num_tree, bool(np.allclose(treelite.gtil.predict(read, x[-20:], nthread=1).reshape(-1), scores, atol=1e-5))], "same": treelite.Model.deserialize_bytes(read.serialize_bytes()).num_feature,
        "built": treelite.gtil.predict(two_leaves(), np.array([[1.0], [2.0]], "f4"), nthread=1).reshape(-1).tolist(), "dumped": json.loads(two_leaves().dump_as_json())["num_feature"],
    }
