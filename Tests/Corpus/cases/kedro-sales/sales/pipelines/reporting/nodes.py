def summarise(sales):
    table = sales.groupby("city", as_index=False).agg(orders=("order", "count"), chf=("chf", "sum")).round(2)
    return table, table.to_dict("records")


def split(sales):
    return {shop: part.drop(columns="city") for shop, part in sales.groupby("shop")}


def best(summary, notes):
    return {"city": max(summary, key=lambda row: row["chf"])["city"], "note": notes.strip(), "rows": len(summary)}
