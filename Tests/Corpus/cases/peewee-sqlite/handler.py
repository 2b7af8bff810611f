"""Peewee with playhouse's extensions, on an in-memory database."""

from peewee import CharField, ForeignKeyField, IntegerField, Model, fn
from playhouse.db_url import connect
from playhouse.migrate import SqliteMigrator, migrate
from playhouse.shortcuts import model_to_dict

db = connect("sqlite:///:memory:")


class Base(Model):
    class Meta:
        database = db


class Author(Base):
    name = CharField(unique=True)


class Book(Base):
    title = CharField()
    year = IntegerField()
    author = ForeignKeyField(Author, backref="books")


def handler(event, context):
    db.create_tables([Author, Book])
    for name, books in event.items():
        author = Author.create(name=name)
        Book.insert_many([{"title": t, "year": y, "author": author} for t, y in books]).execute()
    migrate(SqliteMigrator(db).add_column("book", "pages", IntegerField(default=100)))
    query = (
        Author.select(Author.name, fn.COUNT(Book.id).alias("n"), fn.MAX(Book.year).alias("last"))
        .join(Book).group_by(Author.name).order_by(Author.name)
    )
    return {
        "authors": [[a.name, a.n, a.last] for a in query],
        "book": model_to_dict(Book.get(Book.title == "Emma")),
        "pages": db.execute_sql("select sum(pages) from book").fetchone()[0],
    }
