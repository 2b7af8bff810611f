"""Answers which products are sold out, for a list in YAML."""

import yaml


def levels(request):
    stock = yaml.load(request.get_data(), Loader=yaml.CSafeLoader)
    return {"sold_out": sorted(sku for sku, level in stock.items() if level == 0)}
