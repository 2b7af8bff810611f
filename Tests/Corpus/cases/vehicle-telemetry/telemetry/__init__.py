from . import databases, summary
