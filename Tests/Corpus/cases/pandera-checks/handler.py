"""Orders checked with Pandera: models, lazy errors, parsers, schemas as YAML and as code, made-up frames by Hypothesis."""

import json
from typing import Annotated

import hypothesis
import pandas as pd
import pandera.pandas as pa
from hypothesis import strategies as st
from hypothesis.database import InMemoryExampleDatabase
from hypothesis.extra.pandas import column, data_frames, range_indexes
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from pandera.io import pandas_io as schemas
from pandera.engines.pandas_engine import PydanticModel
from pandera.errors import SchemaError, SchemaErrors
from pandera.typing import DataFrame, Series
from pydantic import BaseModel

QUIET = hypothesis.settings(max_examples=15, derandomize=True, database=None, deadline=None, suppress_health_check=list(hypothesis.HealthCheck))



class Orders(pa.DataFrameModel):
    product: Series[str] = pa.Field(isin=["tea", "ink"])
    amount: Series[int] = pa.Field(ge=1, le=9, coerce=True)
    day: Series[Annotated[pd.DatetimeTZDtype, "ns", "UTC"]] = pa.Field(coerce=True)

    class Config:
        strict = "filter"

    @pa.check("amount", name="even")
    def even(cls, values: Series[int]) -> Series[bool]:
        return values % 2 == 0

    @pa.dataframe_parser
    def tidy(cls, frame):
        return frame.assign(product=frame["product"].str.strip())


class Row(BaseModel):
    product: str
    amount: int


class Cart(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.items = []

    @rule(item=st.sampled_from(["tea", "ink"]))
    def put(self, item):
        self.items.append(item)

    @invariant()
    def known(self):
        assert set(self.items) <= {"tea", "ink"}


@pa.check_types(lazy=True)
def doubled(frame: DataFrame[Orders]) -> DataFrame[Orders]:
    return frame.assign(amount=frame["amount"] * 2)


def handler(event, context):
    good = Orders.validate(pd.DataFrame(event["good"]))
    try:
        Orders.validate(pd.DataFrame(event["bad"]), lazy=True)
    except SchemaErrors as error:
        cases, counts = error.failure_cases[["column", "check"]].astype(str).values.tolist(), dict(error.error_counts)
    try:
        doubled(good.assign(amount=8))
    except (SchemaError, SchemaErrors) as error:
        wrong = type(error).__name__
    plain = pa.DataFrameSchema({"word": pa.Column(str, pa.Check.isin(["tea", "tin", "toy"]), unique=True), "size": pa.Column(float, [pa.Check.in_range(0, 5)], nullable=True)}, index=pa.Index(int))
    made = []

    @QUIET
    @hypothesis.given(plain.strategy(size=2), data_frames([column("n", dtype=int)], index=range_indexes(min_size=1, max_size=3)), st.from_regex(r"\A[a-c]{2}-\d\Z"), st.emails())
    def holds(frame, other, text, mail):
        made.append([len(plain.validate(frame)), len(other) in (1, 2, 3), len(text), "@" in mail])

    holds()
    again = schemas.from_yaml(schemas.to_yaml(plain))
    code = schemas.to_script(plain)
    smallest = hypothesis.find(st.lists(st.integers()), lambda numbers: sum(numbers) >= 10, settings=hypothesis.settings(QUIET, max_examples=200, database=InMemoryExampleDatabase()))
    run_state_machine_as_test(Cart, settings=hypothesis.settings(QUIET, stateful_step_count=5))
    rows = pa.DataFrameSchema(dtype=PydanticModel(Row), coerce=True).validate(pd.DataFrame({"product": ["tea"], "amount": ["3"]}))
    grown = plain.add_columns({"x": pa.Column(int)}).remove_columns(["size"])
    return {"good": json.loads(good.to_json(orient="records", date_format="iso")), "cases": sorted(cases), "counts": {str(k): v for k, v in counts.items()}, "wrong": wrong, "same": again == plain, "code": code.splitlines()[:12],
            "made": [len(made) > 5, made[0][0], all(m[3] for m in made)], "smallest": smallest, "rows": rows.values.tolist(), "grown": list(grown.columns),
            "inferred": [str(c.dtype) for c in pa.infer_schema(good).columns.values()], "json": sorted(Orders.to_json_schema()["properties"])}
