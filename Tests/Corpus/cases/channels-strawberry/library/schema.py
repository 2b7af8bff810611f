import asyncio
from collections.abc import AsyncGenerator
from typing import Annotated, Optional

import strawberry
import strawberry_django
from strawberry import auto, relay
from strawberry_django import mutations
from strawberry_django.pagination import OffsetPaginated

from . import models


@strawberry_django.filter_type(models.Book, lookups=True)
class BookFilter:
    title: auto
    genre: auto
    copies: auto
    author: Optional["AuthorFilter"]


@strawberry_django.filter_type(models.Author, lookups=True)
class AuthorFilter:
    name: auto


@strawberry_django.order_type(models.Book)
class BookOrder:
    title: auto
    price: auto


@strawberry_django.type(models.Author)
class Author:
    id: auto
    name: auto
    born: auto
    books: list["Book"]


@strawberry_django.type(models.Book, filters=BookFilter, ordering=BookOrder, pagination=True)
class Book(relay.Node):
    title: auto
    isbn: auto
    genre: auto
    copies: auto
    price: auto
    author: Author

    @strawberry_django.field(only=["title"])
    def shout(self) -> str:
        return self.title.upper()


@strawberry_django.input(models.Book)
class BookInput:
    title: auto
    isbn: auto
    genre: auto
    author_id: strawberry.ID


@strawberry_django.partial(models.Book)
class BookPatch(strawberry_django.NodeInput):
    title: auto
    copies: auto


@strawberry.type
class Query:
    books: list[Book] = strawberry_django.field()
    page: OffsetPaginated[Book] = strawberry_django.offset_paginated()
    shelf: strawberry_django.relay.DjangoListConnection[Book] = strawberry_django.connection()
    authors: list[Author] = strawberry_django.field()
    node: relay.Node = relay.node()


@strawberry.type
class Mutation:
    add_book: Book = mutations.create(BookInput)
    change_book: Book = mutations.update(BookPatch)
    drop_book: Book = mutations.delete(strawberry_django.NodeInput)


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def countdown(self, start: Annotated[int, strawberry.argument(description="From")] = 2) -> AsyncGenerator[int, None]:
        for n in range(start, 0, -1):
            yield n
            await asyncio.sleep(0)
