"""Migrations: scripts that Alembic finds by listing a folder, run on SQLite and written as SQL."""

import io
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect
from sqlalchemy.pool import StaticPool

here = Path(__file__).parent


def handler(event, context):
    written = io.StringIO()
    config = Config(output_buffer=written, stdout=io.StringIO())
    config.set_main_option("script_location", str(here / "migrations"))
    config.set_main_option("sqlalchemy.url", "mysql://")
    command.upgrade(config, "head", sql=True)

    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        current = MigrationContext.configure(connection).get_current_revision()
        tables = sorted(inspect(connection).get_table_names())
        command.downgrade(config, "-1")
        columns = [c["name"] for c in inspect(connection).get_columns("customer")]
    return {
        "heads": ScriptDirectory.from_config(config).get_heads(), "current": current,
        "tables": tables, "columns": columns,
        "sql": [line for line in written.getvalue().splitlines() if line.startswith(("CREATE", "ALTER"))],
    }
