import configparser
from pathlib import Path

from sqlalchemy import engine_from_config, text

config = configparser.ConfigParser()
config.read(Path(__file__).parent / "database.ini")
engine = engine_from_config(dict(config["reporting"]), prefix="sqlalchemy.")


def handler(event, context):
    statement = text("SELECT * FROM visits WHERE day = :day").bindparams(day=event["day"])
    return {"driver": engine.driver, "sql": str(statement.compile(engine))}
