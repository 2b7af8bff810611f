"""Every night: forget carts that nobody has paid for."""

from sqlalchemy import create_engine, delete
from sqlalchemy.orm import Session

from commerce.db import OrderRow, engine, session

PRODUCTION = "mysql+pymysql://cleanup@db.storefront.internal/shop?charset=utf8mb4"


def handler(event, context):
    abandoned = delete(OrderRow).where(OrderRow.state == event["state"])
    if event.get("dry_run"):
        production = create_engine(PRODUCTION)
        statement = abandoned.compile(production, compile_kwargs={"literal_binds": True})
        return {"driver": production.dialect.driver, "statement": " ".join(str(statement).split())}
    with session() as transaction, transaction.begin():
        deleted = transaction.execute(abandoned).rowcount
    return {"driver": engine().dialect.driver, "deleted": deleted}
