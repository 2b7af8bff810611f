from kedro.pipeline import Pipeline, node, pipeline

from .nodes import discount, join


def create_pipeline(**kwargs) -> Pipeline:
    return pipeline(
        [
            node(join, ["orders", "shops", "params:rates"], "joined", name="join", tags="nightly"),
            node(discount, dict(sales="joined", share="params:discount.share", cities="params:discount.cities"), "sales_table", name="discount", tags="nightly"),
        ]
    )
