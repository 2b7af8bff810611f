import ibis
from ibis import _


def build(orders, customers):
    joined = orders.left_join(customers, orders.customer == customers.id)
    window = ibis.window(group_by="country", order_by=ibis.desc("amount"))
    ranked = joined.select("country", "name", "amount").mutate(rank=ibis.row_number().over(window))
    return ranked.filter(_["rank"] == 0).mutate(
        level=ibis.cases((_.amount > 100, "large"), (_.amount > 50, "medium"), else_="small"),
        initials=_.name.upper().substr(0, 2),
    ).order_by("country").drop("rank")
