from sqlalchemy import Column, DateTime, MetaData, Table, Text, func
from sqlalchemy.dialects import postgresql

jobs = Table("jobs", MetaData(), Column("key", Text, primary_key=True), Column("at", DateTime))


def handler(event, context):
    statement = postgresql.insert(jobs).values(key=event["key"], at=func.now())
    statement = statement.on_conflict_do_update(index_elements=["key"], set_={"at": func.now()})
    return {"sql": str(statement.compile(dialect=postgresql.dialect()))}
