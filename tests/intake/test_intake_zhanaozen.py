"""The four real tables: every row accounted for, and the bounds of R20 from the real rows."""

from pathlib import Path

import pytest

from esep.intake.reading import open_table
from esep.intake.recognise import recognise
from esep.intake.row import Context

pytestmark = pytest.mark.needs_shared


def read(shared: Path, name: str):
    content = (shared / "data" / "zhanaozen" / name).read_bytes()
    form = recognise(name, content)
    return form, *open_table(name, content, form=form, context=Context(name)).read()


@pytest.mark.parametrize(
    ("name", "form", "rows"),
    [
        ("counts.csv", "tolls", 312),
        ("persons.csv", "persons", 257),
        ("events.csv", "events", 119),
        ("sources.csv", "sources", 189),
    ],
)
def test_every_row_of_the_real_tables_is_accounted_for(shared, name, form, rows):
    found, _, report = read(shared, name)
    assert found == form
    assert report.totals == {"rows": rows, "accepted": rows, "rejected": 0, "unchanged": 0}


def test_r20_the_five_numbers_keep_their_open_ends(shared):
    _, drafts, _ = read(shared, "counts.csv")
    tolls = {draft.subject: draft.value for draft in drafts if draft.prop == "toll"}
    bounds = [
        (tolls[f"toll:{name}"]["low"], tolls[f"toll:{name}"]["high"])
        for name in ("ZC0001", "ZC0002", "ZC0005", "ZC0012", "ZC0016")
    ]
    assert bounds == [(17, None), (100, None), (70, None), (501, None), (None, 200)]
    assert tolls["toll:ZC0016"]["as_of"] == "1989"


def test_132_figures_of_the_dead_and_no_date_invented(shared):
    _, drafts, _ = read(shared, "counts.csv")
    tolls = [draft.value for draft in drafts if draft.prop == "toll"]
    assert sum(toll["status"] == "killed" for toll in tolls) == 132
    assert sum("as_of" not in toll for toll in tolls) == 131
    assert sum(not toll["counts_people"] for toll in tolls) == 11


def test_150_mentions_are_of_those_affected_and_no_person_id_is_identity(shared):
    _, drafts, _ = read(shared, "persons.csv")
    assert len({draft.subject for draft in drafts if draft.prop == "status"}) == 150
    assert sum(draft.prop == "x:person_id" for draft in drafts) == 133
    assert sum(draft.prop == "description" for draft in drafts) == 6
