"""Tortoise ORM: back end and models are both named by strings."""

import asyncio

from tortoise import Tortoise
from tortoise.functions import Count


async def main(event):
    await Tortoise.init(db_url="sqlite://:memory:", modules={"models": ["tables.people"]})
    await Tortoise.generate_schemas()
    from tables.people import Person, Team

    team = await Team.create(name=event["team"])
    for name in event["people"]:
        await Person.create(name=name, team=team)
    counted = await Team.annotate(n=Count("people")).values("name", "n")
    last = await Person.filter(team__name=event["team"]).order_by("-name").first()
    await Tortoise.close_connections()
    return [counted, last.name, str(last.level.name)]


def handler(event, context):
    return asyncio.run(main(event))
