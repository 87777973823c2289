"""The measuring of pages, small: it runs, and a page that became many times slower is noticed.

The bounds are generous: a debug build on a machine that does other things. What the house is held to stands in
docs/performance.md and is measured by `make bench-pages`.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from house import PROGRAM, ROOT

sys.path.insert(0, str(ROOT / "Benchmarks"))
import pages  # noqa: E402

CROWD = ["--applicants", "100", "--calls", "3", "--experts", "30", "--drafts", "20", "--others", "100"]


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    data = tmp_path_factory.mktemp("crowd") / "data"
    options = pages.arguments([
        "--data", str(data), "--reads", "10", "--rate", "20", "--seconds", "5", "--windows", "20", "--", *CROWD])
    made = pages.make_crowd(PROGRAM, options.data, options.crowd)
    assert made["applications"] >= 300 and made["drafts"] >= 20
    # In a thread of its own: the browser's event loop runs in this one.
    with ThreadPoolExecutor(1) as thread:
        result = thread.submit(pages.measure, PROGRAM, options).result()
    print(pages.table(result))
    return result


def test_every_page_is_read_and_none_is_many_times_slower(result):
    assert len(result["pages"]) > 30
    slow = [row for row in result["pages"] if row["p50"] > 1500]
    assert not slow, slow


def test_saves_are_kept_up_and_none_fails(result):
    load = result["load"]
    assert load["failed"] == 0, load["troubles"]
    assert load["saves"]["count"] == 100
    assert load["saves"]["p50"] < 1000


def test_memory_and_start_stay_in_bounds(result):
    assert result["memory"]["VmHWM"] < 600
    assert min(result["start"]) < 15
