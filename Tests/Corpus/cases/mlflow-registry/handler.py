"""MLflow's small distribution: runs in files, models by flavour, stores by the scheme of a URI."""

import os
import tempfile

import mlflow
import yaml
from mlflow.entities import Metric, Param, ViewType
from mlflow.exceptions import MlflowException
from mlflow.models.model import Model
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository


def handler(event, context):
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    folder = tempfile.mkdtemp()
    mlflow.set_tracking_uri(f"file://{folder}/runs")
    experiment = mlflow.create_experiment(event["experiment"], tags={"team": "tea"})
    with mlflow.start_run(experiment_id=experiment, run_name="first") as run:
        mlflow.log_params({"depth": 3})
        mlflow.log_metric("loss", 0.5, step=1)
        mlflow.log_metric("loss", 0.25, step=2)
        mlflow.log_dict({"a": [1]}, "notes/a.json")
        mlflow.set_tag("kind", "b")
    client = mlflow.MlflowClient()
    client.log_batch(run.info.run_id, metrics=[Metric("f1", 0.9, 1700000000000, 0)], params=[Param("seed", "7")])
    done = client.get_run(run.info.run_id)
    found = client.search_runs([experiment], "params.depth = '3' and metrics.loss < 0.3", run_view_type=ViewType.ACTIVE_ONLY)
    artifacts = [a.path for a in client.list_artifacts(run.info.run_id, "notes")]
    loaded = mlflow.artifacts.load_dict(f"runs:/{run.info.run_id}/notes/a.json")
    model = Model(flavors={"python_function": {"loader_module": "shop"}}, metadata={"team": "tea"})
    model.save(os.path.join(folder, "MLmodel"))
    repositories = [type(get_artifact_repository(uri)).__name__ for uri in event["uris"]]
    try:
        get_artifact_repository("teapot://a")
    except MlflowException as error:
        unknown = error.error_code
    return {
        "metrics": done.data.metrics, "params": done.data.params, "found": len(found), "artifacts": artifacts, "loaded": loaded, "status": done.info.status,
        "history": [m.value for m in client.get_metric_history(run.info.run_id, "loss")], "metadata": yaml.safe_load(open(os.path.join(folder, "MLmodel")))["metadata"],
        "repositories": repositories, "unknown": unknown, "lazy": mlflow.sklearn.__class__.__name__,
    }
