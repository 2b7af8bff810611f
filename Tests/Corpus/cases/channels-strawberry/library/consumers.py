from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer


class ShelfConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self):
        self.genre = self.scope["url_route"]["kwargs"]["genre"]
        await self.channel_layer.group_add(self.genre, self.channel_name)
        await self.accept()

    async def receive_json(self, content):
        action = getattr(self, f"do_{content['action']}")
        await self.channel_layer.group_send(self.genre, {"type": "shelf.changed", "data": await action(content)})

    async def shelf_changed(self, event):
        await self.send_json({"genre": self.genre, "anonymous": self.scope["user"].is_anonymous, **event["data"]})

    @database_sync_to_async
    def do_count(self, content):
        from .models import Book

        return {"count": Book.objects.filter(genre=self.genre).count()}

    @database_sync_to_async
    def do_take(self, content):
        from django.db.models import F

        from .models import Book

        taken = Book.objects.filter(isbn=content["isbn"], copies__gt=0).update(copies=F("copies") - 1)
        return {"taken": taken}

    async def disconnect(self, code):
        await self.channel_layer.group_discard(self.genre, self.channel_name)
