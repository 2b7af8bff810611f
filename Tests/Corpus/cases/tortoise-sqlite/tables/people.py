from enum import Enum

from tortoise import fields
from tortoise.models import Model


class Level(Enum):
    new = "n"
    old = "o"


class Team(Model):
    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=20)


class Person(Model):
    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=20)
    level = fields.CharEnumField(Level, default=Level.new)
    team = fields.ForeignKeyField("models.Team", related_name="people")
