"""Runs the sales project's Kedro pipelines in a Lambda: settings, catalogue and parameters as in the repository."""

import logging
import os
import shutil
import tempfile
from pathlib import Path

from kedro.framework.project import configure_project, pipelines, settings
from kedro.framework.session import KedroSession
from kedro.framework.startup import bootstrap_project

HERE = Path(__file__).resolve().parent
os.environ["DO_NOT_TRACK"] = "1"
logging.disable(logging.WARNING)


def loaded(dataset):
    value = dataset.load()
    if isinstance(value, dict):  # partitions are loaded lazily
        return {key: part().to_dict("records") if callable(part) else part for key, part in sorted(value.items())}
    return value.to_dict("records") if hasattr(value, "to_dict") else value


def handler(event, context):
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"  # Kedro writes below the project, and the bundle is read-only
        project.mkdir()
        for name in ("conf", "data", "pyproject.toml"):
            (shutil.copytree if (HERE / name).is_dir() else shutil.copy)(HERE / name, project / name)
        os.environ["KEDRO_LOGGING_CONFIG"] = str(project / "conf" / "logging.yml")
        configure_project("sales")
        told = {"pipelines": {name: sorted(n.name for n in pipe.nodes) for name, pipe in sorted(pipelines.items())}}
        with KedroSession.create(project_path=project, env=event["env"], runtime_params=event["params"]) as session:
            context_ = session.load_context()
            catalog = context_.catalog
            told["datasets"] = {name: type(catalog.get(name)).__name__ for name in sorted(event["datasets"])}
            told["inputs"] = sorted(pipelines["__default__"].inputs())
            outputs = session.run(pipeline_names=[event["pipeline"]], tags=event.get("tags"))
            told["outputs"] = {name: loaded(value) for name, value in sorted(outputs.items())}
            told["written"] = sorted(str(p.relative_to(project)) for p in (project / "data" / "out").rglob("*") if p.is_file())
            told["report"] = (project / "data" / "out" / "report.json").read_text()
            told["sheet"] = catalog.load("summary_sheet").to_dict("records")
            told["table"] = catalog.load("sales_table").shape
            told["events"] = settings.HOOKS[0].events
        return told
