import dagster as dg


@dg.asset
def total(prices: list[int]) -> int:
    return sum(prices)


@dg.asset_check(asset=total)
def positive(total: int) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=total > 0)
