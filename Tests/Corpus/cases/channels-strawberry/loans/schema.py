import datetime

import strawberry
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext


@strawberry.type
class Query:
    @strawberry.field
    def due(self, on: datetime.date, weeks: int = 4) -> str:
        return f"{date_format(on + datetime.timedelta(weeks=weeks), 'DATE_FORMAT')} ({get_language()}, {gettext('Yes')})"
