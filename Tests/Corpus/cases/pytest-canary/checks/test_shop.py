import asyncio
import logging
import sys
import warnings

import pytest


def test_items(shop, snapshot):
    assert shop["items"] == snapshot


def test_prices(shop):
    assert {"tea": 250, "ink": len(shop["items"])} == {"tea": 250, "ink": 3}


@pytest.mark.parametrize("word, size", [("tea", 3), ("inks", 3)], ids=str)
def test_size(word, size):
    assert len(word) == pytest.approx(size, abs=0.5)


async def test_waits(shop):
    async with asyncio.timeout(5):
        await asyncio.sleep(0)
    assert shop["url"].startswith("https://")


def test_mocked(mocker):
    join = mocker.patch("os.path.join", return_value="a/b")
    import os
    assert os.path.join("x") == "a/b"
    join.assert_called_once_with("x")


def test_output(capsys, tmp_path, monkeypatch, caplog, recwarn):
    monkeypatch.setenv("TEA", "green")
    (tmp_path / "a.txt").write_text("x")
    print("hello")
    warnings.warn("old", DeprecationWarning)
    logging.getLogger("shop").warning("low")
    assert capsys.readouterr().out == "hello\n" and caplog.records[0].message == "low" and len(recwarn) == 1


@pytest.mark.skipif(sys.platform == "linux", reason="elsewhere")
def test_skipped():
    raise AssertionError


@pytest.mark.xfail(raises=ZeroDivisionError)
def test_known():
    1 / 0


class TestErrors:
    def test_raises(self):
        with pytest.raises(ValueError, match="no .* here"):
            raise ValueError("no tea here")

    def test_group(self):
        with pytest.RaisesGroup(KeyError):
            raise ExceptionGroup("g", [KeyError("a")])
