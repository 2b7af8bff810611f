import os

import pytest


def pytest_addoption(parser):
    parser.addoption("--deep", action="store_true")


@pytest.fixture(scope="session")
def shop():
    return {"url": os.environ["SHOP_URL"], "items": ["tea", "ink"]}
