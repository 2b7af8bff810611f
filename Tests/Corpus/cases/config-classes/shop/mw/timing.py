from .base import Middleware
class Timing(Middleware):
    async def __call__(self, event): return ["timing", await self.inner(event)]
