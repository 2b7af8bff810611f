import os

from sqlalchemy import URL, create_engine, literal, select

url = URL.create(
    drivername="mysql+pymysql",
    username="app",
    password=os.environ.get("DB_PASSWORD", "p@ss:word"),
    host="db.internal",
    database="crm",
    query={"charset": "utf8mb4"},
)
engine = create_engine(url, pool_size=1, max_overflow=0)


def handler(event, context):
    return {
        "url": engine.url.render_as_string(hide_password=True),
        "paramstyle": engine.dialect.paramstyle,
        "sql": str(select(literal(event["n"]).label("n")).compile(engine)),
    }
