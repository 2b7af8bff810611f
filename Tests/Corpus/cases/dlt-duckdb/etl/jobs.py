import importlib

import dlt
from dlt.pipeline.exceptions import PipelineStepFailed


def load_all(work, data, batches):
    pipeline = dlt.pipeline(
        pipeline_name="shop", pipelines_dir=str(work / "pipelines"), dataset_name="raw",
        destination=dlt.destinations.duckdb(str(work / "shop.duckdb")))
    runs = []
    for batch in batches:
        module = importlib.import_module(f"etl.sources.{batch['source']}")
        source = module.source(data / batch["file"])
        try:
            info = pipeline.run(source, **batch.get("options", {}))
        except PipelineStepFailed as error:
            runs.append([batch["file"], "failed", error.step])
            pipeline.abort_packages()
            continue
        counts = pipeline.last_trace.last_normalize_info.row_counts
        runs.append([batch["file"], info.has_failed_jobs, {k: v for k, v in sorted(counts.items()) if not k.startswith("_")}])
    return pipeline, runs
