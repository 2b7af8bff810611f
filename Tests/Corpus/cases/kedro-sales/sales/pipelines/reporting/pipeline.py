from kedro.pipeline import Pipeline, node, pipeline

from . import nodes


def create_pipeline(**kwargs) -> Pipeline:
    inner = pipeline(
        [
            node(nodes.summarise, "table", ["sheet", "summary"], name="summarise"),
            node(nodes.split, "table", "per_shop", name="split", tags=["nightly"]),
        ]
    )
    named = pipeline(inner, inputs={"table": "sales_table"}, outputs={"sheet": "summary_sheet", "summary": "report", "per_shop": "shop_files"}, namespace="monthly")
    return named + pipeline([node(nodes.best, ["report", "notes"], "best_city", name="best")])
