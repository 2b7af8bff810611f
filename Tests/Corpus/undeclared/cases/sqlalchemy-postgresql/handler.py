from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, select

engine = create_engine("postgresql+psycopg2://app:secret@db.internal/shop", pool_pre_ping=True)
users = Table("users", MetaData(), Column("id", Integer, primary_key=True), Column("name", String))


def handler(event, context):
    query = select(users.c.name).where(users.c.id.in_(event["ids"])).limit(10)
    compiled = query.compile(engine, compile_kwargs={"render_postcompile": True})
    return {"sql": str(compiled), "parameters": dict(compiled.params), "pool": engine.pool.status()}
