"""Merges the queries and mutations of every installed app with a `schema` module."""

import strawberry
from django.apps import apps
from django.utils.module_loading import import_module, module_has_submodule
from strawberry.tools import merge_types
from strawberry_django.optimizer import DjangoOptimizerExtension

found = [import_module(f"{app.name}.schema") for app in apps.get_app_configs() if module_has_submodule(app.module, "schema") and not app.name.startswith("strawberry")]


def merged(kind):
    return merge_types(kind, tuple(getattr(m, kind) for m in found if hasattr(m, kind)))


schema = strawberry.Schema(query=merged("Query"), mutation=merged("Mutation"), subscription=merged("Subscription"), extensions=[DjangoOptimizerExtension])
