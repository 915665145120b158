"""One line for every row, whatever becomes of it."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from esep.intake.reading import open_table
from esep.intake.row import Context

CELL = st.sampled_from(
    ["", "A B", "killed", "2011-12-16", "2011-99-99", "34", "345", "unknown", "+7 701 000 00 01", "=x", "a,b"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=12))
def test_rows_in_are_rows_accounted_for_in_order(rows):
    text = io.StringIO()
    csv.writer(text).writerows([["name", "age", "status", "date", "phone"], *rows])
    reading = open_table("made.csv", text.getvalue().encode(), form="list", context=Context("made"))
    drafts, report = reading.read()
    totals = report.totals
    assert totals["rows"] == reading.table.count == totals["accepted"] + totals["rejected"]
    assert [line.row for line in report.lines] == list(range(1, totals["rows"] + 1))
    assert {draft.locator[-1]["row"] for draft in drafts} <= {
        line.row for line in report.lines if line.outcome == "accepted"
    }


def test_unchanged_rows_are_counted_apart(opened):
    _, report = opened("name\nA\nB\nC\n").read()
    assert report.with_unchanged({1, 3}).totals == {"rows": 3, "accepted": 1, "rejected": 0, "unchanged": 2}


def test_the_report_prints_as_text_table_and_json(opened):
    _, report = opened("name,age\nA,1\n,2\n").read()
    assert report.text().splitlines()[0] == "made.csv: 2 rows as list: 1 accepted, 1 rejected, 0 unchanged"
    header, rows = report.table()
    assert len(header) == len(rows[0]) == 7
    assert [line["outcome"] for line in report.json()] == ["accepted", "rejected"]


def test_a_name_or_a_number_in_the_wrong_column_is_not_repeated(opened):
    _, report = opened('name,age,date,birth year\nA,+7 701 555 01 02,"Primer, 5 May",Flat 7 Primer st\n').read()
    assert report.totals["rejected"] == 1
    assert not any(word in report.text() + str(report.json()) for word in ("701", "Primer"))
