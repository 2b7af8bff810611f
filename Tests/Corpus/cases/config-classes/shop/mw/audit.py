from .base import Middleware
class Audit(Middleware):
    async def __call__(self, event): return ["audit", await self.inner(event)]
