import dagster as dg


class Factor(dg.Config):
    factor: int = 1


@dg.asset
def prices(config: Factor) -> list[int]:
    return [config.factor * x for x in (1, 2, 3)]
