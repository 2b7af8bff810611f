from ibis import _


def build(orders, customers):
    return (
        orders.mutate(month=_.ordered.truncate("M").cast("date"))
        .group_by("month")
        .aggregate(total=_.amount.sum().round(2), orders=_.count())
        .order_by("month")
        .mutate(month=_.month.strftime("%Y-%m"))
    )
