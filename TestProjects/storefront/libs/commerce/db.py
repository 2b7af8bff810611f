"""The shop's tables. MySQL in production, SQLite on a laptop and in tests."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from .settings import settings

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


class Base(DeclarativeBase):
    pass


class OrderRow(Base):
    __tablename__ = "orders"

    number: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str]
    country: Mapped[str]
    state: Mapped[str] = mapped_column(default="placed")
    lines: Mapped[list[LineRow]] = relationship(cascade="all, delete-orphan")


class LineRow(Base):
    __tablename__ = "lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_number: Mapped[str] = mapped_column(ForeignKey("orders.number"))
    sku: Mapped[str]
    quantity: Mapped[int]
    unit_cents: Mapped[int]


@cache
def engine(url: str = settings.database_url) -> Engine:
    """``mysql+pymysql://…`` in production: SQLAlchemy imports the driver by that name."""
    made = create_engine(url)
    if settings.is_local and made.dialect.name == "sqlite":
        Base.metadata.create_all(made)
    return made


def session() -> Session:
    return Session(engine())
