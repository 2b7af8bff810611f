"""Materializes the assets of a Dagster code location in the process."""
import dagster as dg
from warehouse.definitions import defs


def handler(event, context):
    job = defs.resolve_implicit_global_asset_job_def() if hasattr(defs, "resolve_implicit_global_asset_job_def") else defs.get_implicit_global_asset_job_def()
    result = job.execute_in_process(run_config={"ops": {"prices": {"config": {"factor": event["factor"]}}}}, raise_on_error=True)
    checks = [c.check_name for c in result.get_asset_check_evaluations()]
    return {"ok": result.success, "total": result.output_for_node("total"), "checks": checks,
            "schedules": [s.cron_schedule for s in defs.schedules or []],
            "steps": sorted(e.step_key for e in result.all_events if e.event_type_value == "STEP_SUCCESS")}
