import dagster as dg
from . import assets

defs = dg.Definitions(
    assets=dg.load_assets_from_package_module(assets),
    asset_checks=dg.load_asset_checks_from_package_module(assets),
    schedules=[dg.ScheduleDefinition(name="daily", cron_schedule="0 3 * * *", target="*")],
)
