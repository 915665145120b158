import json

import numpy as np
import pytest

from esep.errors import EstimateError
from esep.estimate import CaptureTable, Estimate, Status, method
from esep.estimate.plain import plain

TABLE = CaptureTable.from_patterns({"10": 40, "01": 30, "11": 20})


def test_an_open_upper_end_is_null_with_a_status():
    result = Estimate.of(TABLE, method="x", point=150, interval=(120, float("inf")))
    assert (result.status, result.high, result.json()["status"]) == (Status.UNBOUNDED_ABOVE, None, "unbounded-above")


def test_an_upper_end_a_million_times_the_people_seen_is_open():
    result = Estimate.of(TABLE, method="x", point=150, interval=(120, 1.4e9))
    assert (result.status, result.high) == (Status.UNBOUNDED_ABOVE, None)


@pytest.mark.parametrize("point", [float("nan"), float("inf"), 89.0, -5.0])
def test_an_impossible_point_becomes_a_status(point):
    result = Estimate.of(TABLE, method="x", point=point, interval=(95, 200))
    assert (result.point, result.low, result.high, result.status) == (None, None, None, Status.OUT_OF_RANGE)


def test_a_status_without_a_point_has_no_interval_either():
    result = Estimate.of(TABLE, method="x", point=100, interval=(95, 200), status=Status.NOT_CONVERGED)
    assert (result.point, result.low, result.high) == (None, None, None)


def test_the_interval_holds_the_point():
    result = Estimate.of(TABLE, method="x", point=100, interval=(110, 200))
    assert result.low <= result.point <= result.high


def test_json_holds_plain_finite_values():
    details = {"a": np.float64("nan"), "b": [np.int64(3), float("inf")], "c": Status.OK, 4: (np.array([1.5]),)}
    result = Estimate.of(TABLE, method="x", point=150, interval=(120, 200), details=details)
    written = json.loads(json.dumps(result.json(), allow_nan=False))
    assert written["details"] == {"a": None, "b": [3, None], "c": "ok", "4": [[1.5]]}
    assert plain(np.True_) is True


def test_text_keeps_the_count_and_the_estimate_apart():
    text = method("chapman").run(TABLE, level=0.95, seed=1, progress=None).text()
    assert "Estimated people in all: 147" in text
    assert "Documented on the lists: 90 (a count" in text


def test_every_status_has_words():
    assert all(status.words for status in Status)


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_same_result_gives_the_same_picture(tmp_path, ending):
    result = method("loglinear-independent").run(TABLE, level=0.95, seed=1, progress=None)
    result.plot(tmp_path / f"a.{ending}")
    result.plot(tmp_path / f"b.{ending}")
    assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_a_picture_of_another_kind_is_refused(tmp_path):
    result = method("chapman").run(TABLE, level=0.95, seed=1, progress=None)
    with pytest.raises(EstimateError, match="cannot be written as"):
        result.plot(tmp_path / "a.doc")
