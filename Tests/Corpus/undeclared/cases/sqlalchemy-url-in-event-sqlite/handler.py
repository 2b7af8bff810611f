from sqlalchemy import create_engine, text


def handler(event, context):
    engine = create_engine(event["database"])
    with engine.begin() as connection:
        connection.execute(text("create table seen (id integer primary key, name text)"))
        connection.execute(text("insert into seen (name) values (:name)"), event["rows"])
        names = connection.execute(text("select name from seen order by id desc")).scalars().all()
    return {"names": names}
