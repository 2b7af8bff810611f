import json

import dlt


@dlt.source(name="orders", max_table_nesting=2)
def source(file):
    @dlt.resource(name="orders", write_disposition="merge", primary_key="id",
                  columns={"total": {"data_type": "decimal", "precision": 12, "scale": 2}})
    def orders(updated=dlt.sources.incremental("updated_at", initial_value="2026-01-01T00:00:00Z")):
        with file.open() as lines:
            for line in lines:
                yield json.loads(line)

    @dlt.transformer(data_from=orders, name="customers", write_disposition="merge", primary_key="email")
    def customers(page):
        for order in page if isinstance(page, list) else [page]:
            yield {"email": order["customer"]["email"].lower(), "last_order": order["id"]}

    return orders, customers
