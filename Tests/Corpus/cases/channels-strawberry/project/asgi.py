from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path
from django.utils.module_loading import import_string
from strawberry.channels import GraphQLWSConsumer

from .schema import schema

SOCKETS = {"ws/shelf/<slug:genre>/": "library.consumers.ShelfConsumer"}

application = ProtocolTypeRouter({
    "http": get_asgi_application(),
    "websocket": AuthMiddlewareStack(URLRouter([
        *(path(route, import_string(name).as_asgi()) for route, name in SOCKETS.items()),
        path("graphql", GraphQLWSConsumer.as_asgi(schema=schema)),
    ])),
})
