import json

import pytest

from esep.estimate import CaptureTable, estimate_table

FILES = ["gaza_cr_cells.csv", "ph_quezoncity_police_patterns.csv", "ph_caloocan_unidentified_patterns.csv"]


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", FILES)
def test_real_lists_of_three_to_twelve_columns_get_an_answer(shared, name):
    table = CaptureTable.from_csv(shared / "data" / "mse-extra" / name)
    comparison = estimate_table(table, methods=["chao-bound", "coverage-low", "loglinear-independent"])
    json.dumps(comparison.json(), allow_nan=False)
    assert all(r.point is None or r.low <= r.point for r in comparison.results)
    assert any(r.point is not None for r in comparison.results)
