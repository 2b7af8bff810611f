from kedro.framework.hooks import hook_impl


class Timings:
    def __init__(self):
        self.events = []

    @hook_impl
    def after_catalog_created(self, catalog, conf_catalog):
        self.events.append(f"catalog {len(conf_catalog)}")

    @hook_impl
    def after_node_run(self, node, outputs):
        self.events.append(f"{node.name}: {sorted(outputs)}")
