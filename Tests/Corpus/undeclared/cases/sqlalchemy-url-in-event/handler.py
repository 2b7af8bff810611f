from sqlalchemy import create_engine, inspect, make_url


def handler(event, context):
    url = make_url(event["database"])
    engine = create_engine(url)
    return {
        "backend": url.get_backend_name(),
        "driver": engine.dialect.driver,
        "module": engine.dialect.dbapi.__name__,
        "lazy": engine.pool.checkedout() == 0,
        "inspects": inspect is not None,
    }
