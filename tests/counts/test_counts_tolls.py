"""Toll statements are grouped and attributed; they are never added up and never averaged."""

import csv
import json
from collections import Counter
from datetime import date
from random import Random

import pytest

from esep.counts.bounds import bound
from esep.counts.origins import Speakers, chain_of, independence, root_of
from esep.counts.reconcile import Settings, reconcile
from esep.counts.scopes import Hierarchy, Scope, World
from esep.counts.series import find_series
from esep.counts.toll_report import report_tolls
from esep.counts.tolls import Toll, by_count_date, by_publication, figures_of, group_tolls, toll_points
from esep.dates import When
from esep.errors import CountsError

NOBODY = Speakers()
PARTS = World(parts=Hierarchy({"first half hour": "until evening"}))


def toll(key, said, *, by="K. Sholpan", root=None, part="", place="Zhanaozen", category="killed", **more):
    hedge, *numbers = said if isinstance(said, tuple) else ("exact", said)
    for name in ("as_of", "published"):
        more[name] = When.parse(more[name]) if more.get(name) else None
    scope = Scope(category, place, more.pop("period", None), more.pop("who", ()), part)
    chain = chain_of(by)
    return Toll(key, bound(hedge, *numbers), scope, f"page {key}", root or f"page {key}", chain, **more)


RISING = [
    toll("c", ("more_than", 100), as_of="2011-12-17", published="2011-12-21"),
    toll("a", 22, as_of="2011-12-16", part="first half hour", published="2011-12-21"),
    toll("b", ("reached", 70), as_of="2011-12-16", part="until evening", published="2011-12-21"),
]


def test_three_counts_of_one_source_are_one_rising_series_and_no_sum():
    (series,) = find_series(RISING, NOBODY, world=PARTS)
    assert [step.id for step in series.steps] == ["a", "b", "c"]
    assert series.rises
    report = report_tolls(RISING, NOBODY, world=PARTS)
    assert "192" not in report.text() + report.json() + report.table()


def test_a_series_can_be_asked_by_root_where_speakers_differ():
    rows = [toll("a", 22, by="X", root="r", as_of="2011-12-16"), toll("b", 70, by="Y", root="r", as_of="2011-12-17")]
    assert find_series(rows, NOBODY) == ()
    assert find_series(rows, NOBODY, by="root")[0].rises


def test_a_later_lower_figure_is_shown_and_the_series_does_not_rise():
    rows = [toll("a", 15, as_of="2011-12-18"), toll("b", 14, as_of="2011-12-19"), toll("c", 16)]
    (series,) = find_series(rows, NOBODY)
    assert not series.rises
    assert "the later figure 14 is lower than 15" in series.text()
    assert "date not stated: 16" in series.text()


def test_figures_that_name_nobody_make_no_series():
    rows = [toll(k, n, by="official", as_of=f"2011-12-1{n}") for k, n in (("a", 6), ("b", 7))]
    assert find_series(rows, NOBODY) == ()


def test_pages_roots_and_origins_are_three_numbers():
    rows = [
        toll("a", 10, by="Prosecutor General", root="wire"),
        toll("b", 10, by="Prosecutor General", root="wire"),
        toll("c", 10, by="Prosecutor's Office"),
        toll("d", 10, by="official"),
    ]
    speakers = Speakers({"Prosecutor's Office": "Prosecutor General"})
    said = independence(rows, speakers)
    assert (len(said.pages), len(said.roots), said.origins) == (4, 3, ("Prosecutor General",))
    assert said.text() == "4 pages, 3 roots, 1 origin; on 1 root nobody is named"


def test_the_first_named_speaker_is_the_origin_not_the_publisher():
    assert NOBODY.first_named(chain_of("witness > K. Sholpan > Press Service")) == "K. Sholpan"
    assert NOBODY.first_named(chain_of("woman who carried bodies, via Kostyuchenko")) == "woman who carried bodies"
    assert NOBODY.first_named(("Официальные данные", "очевидцы")) is None
    assert Speakers({"official": "government"}).first_named(("Official",)) == "government"


def test_a_reprint_of_a_reprint_has_the_first_source_as_root():
    assert root_of("c", {"c": "b", "b": "a"}) == "a"
    with pytest.raises(CountsError, match="reprints itself"):
        root_of("a", {"a": "b", "b": "a"})


def test_lowest_and_highest_are_named_with_who_says_so():
    rows = [toll("a", ("at_least", 17), by="X"), toll("b", ("more_than", 100), by="Y"), toll("c", 70, by="Z")]
    (group,) = group_tolls(rows, NOBODY)
    assert ([t.id for t in group.lowest], [t.id for t in group.highest]) == (["a"], ["b"])
    text = report_tolls(rows, NOBODY).text()
    assert "lowest: at least 17, said by X (page a)" in text
    assert "highest: more than 100, said by Y (page b)" in text


def test_an_open_end_is_no_number_when_the_lowest_is_sought():
    (group,) = group_tolls([toll("a", ("up_to", 200)), toll("b", 64)], NOBODY)
    assert [t.id for t in group.lowest] == ["b"]


def test_forty_in_hospital_is_marked_as_a_part_and_never_a_total_of_injured():
    rows = [
        toll("a", ("about", 40), category="hospitalized", who=("severe firearm injuries",)),
        toll("b", ("more_than", 500), category="injured"),
        toll("c", 12, category="injured", is_subset=True),
    ]
    part, injured, subset = sorted(report_tolls(rows, NOBODY).people, key=lambda group: group.tolls[0].id)[0:3]
    assert part.subset_of == "part of injured; only severe firearm injuries"
    assert [t.id for t in injured.lowest] == ["b"]
    assert subset.subset_of == "part of a larger number"


def test_past_events_and_figures_that_are_not_people_stand_apart():
    rows = [
        toll("a", ("up_to", 200), period=When.parse("1989")),
        toll("b", 70),
        toll("c", 46, category="buildings_burned"),
    ]
    report = report_tolls(rows, NOBODY, begins=date(2011, 12, 16))
    assert [t.id for group in report.people for t in group.tolls] == ["b"]
    assert [t.id for group in report.past_events for t in group.tolls] == ["a"]
    assert [t.id for group in report.other_figures for t in group.tolls] == ["c"]


def test_a_category_that_the_table_does_not_know_is_in_no_figure_about_people():
    rows = [toll("a", 3, category="afflicted")]
    report = report_tolls(rows, NOBODY)
    assert (report.people, len(report.other_figures)) == ((), 1)
    assert "not in the table of categories" in report.text()
    (left,) = reconcile(rows, world=World(), speakers=NOBODY).left_out
    assert left.reason == "afflicted is not in the table of categories"


def test_a_denied_figure_is_shown_apart_and_is_no_highest():
    (group,) = group_tolls([toll("a", 14), toll("b", 55, polarity="denied")], NOBODY)
    assert [t.id for t in group.highest] == ["a"]
    assert [t.id for t in group.not_asserted] == ["b"]


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("the number of victims", "«victims» may mean killed or killed and injured"),
        ("hundreds wounded and missing", "one figure over two categories: not separable"),
        ("число жертв", "«жертв» may mean killed or killed and injured"),
    ],
)
def test_words_of_two_meanings_earn_a_mark(words, mark):
    assert toll("a", 70, words=words).ambiguities == (mark,)
    assert toll("b", 70, words="people killed").ambiguities == ()


def test_order_by_count_date_and_by_publication_differ():
    early, late = "2011-12-21", "2012-01-11"
    rows = [
        toll("over 100", ("more_than", 100), as_of="2011-12-17", published=late),
        toll("at least 70", ("at_least", 70), as_of="2012-01-11", published=early),
    ]
    assert [t.id for t in by_count_date(rows)] == ["over 100", "at least 70"]
    assert [t.id for t in by_publication(rows)] == ["at least 70", "over 100"]


def test_points_for_a_chart_keep_open_ends_and_say_which_date_they_use():
    rows = [toll("a", ("more_than", 100), as_of="2011-12-17"), toll("b", ("up_to", 50), published="2011-12")]
    first, second = toll_points(rows, NOBODY)
    assert (first.low, first.high, first.basis, first.is_open) == (101, None, "as of", True)
    assert (second.low, second.high, second.basis) == (None, 50, "published")
    assert (second.start, second.end) == (date(2011, 12, 1), date(2011, 12, 31))


def test_the_report_is_the_same_in_any_order_and_is_json():
    rows = [*RISING, toll("d", 17, by="official"), toll("e", ("hundreds",), category="missing")]
    first = report_tolls(rows, NOBODY)
    Random(1).shuffle(rows)
    assert report_tolls(rows, NOBODY) == first
    assert {row["text"] for row in json.loads(first.json())} >= {"hundreds", "more than 100"}


def published(folder):
    """The published figures of the real case as statements, without any decision about scopes."""
    rows = list(csv.DictReader((folder / "data/zhanaozen/counts.csv").read_text(encoding="utf-8").splitlines()))
    reprints = {row["source_id"]: row["copy_of"] for row in rows if row["copy_of"]}
    for row in rows:
        numbers = [int(row[end]) for end in ("value_low", "value_high") if row[end]]
        dates = [None if row[c] in ("", "n.d.") else When.parse(row[c]) for c in ("as_of_date", "pub_date")]
        who = () if row["scope"] in ("", "all") else (row["scope"],)
        yield Toll(
            id=row["claim_id"],
            bounds=bound(row["qualifier"], *numbers),
            scope=Scope(row["category"], row["place"], None, who),
            source=row["source_id"],
            root=root_of(row["source_id"], reprints),
            chain=chain_of(row["attributed_to"]),
            kind=row["attributed_type"],
            as_of=dates[0],
            published=dates[1],
            polarity="denied" if row["qualifier"] == "rumour" else "asserted",
        )


@pytest.mark.needs_shared
def test_all_published_figures_of_the_real_case_are_accounted_for(shared):
    tolls = list(published(shared))
    report = report_tolls(tolls, NOBODY, begins=date(2011, 4, 1))
    sections = Counter(row["section"] for row in report.rows())
    assert sections == {"people": 300, "other": 11, "past": 1}
    assert "192" not in report.text()


@pytest.mark.needs_shared
@pytest.mark.parametrize("figure", ["64", "at least 70", "at least 73", "about 90"])
def test_pages_roots_and_origins_behind_a_figure_are_shown(shared, figure):
    killed = [toll for toll in published(shared) if toll.scope.category == "killed"]
    found = {one.text: one.voices for one in figures_of(killed, NOBODY)}[figure]
    assert len(found.pages) >= len(found.roots) >= 1
    assert "page" in found.text()


@pytest.mark.needs_shared
def test_the_real_case_reconciles_without_any_scope_decided(shared):
    result = reconcile(
        published(shared), world=World(), speakers=NOBODY, settings=Settings(begins=date(2011, 4, 1))
    )
    compared = {toll for one in result.so_far.ranges for toll in one.tolls}
    assert len(compared) + len(result.left_out) == 312
    assert result.total.conflicts
    assert "192" not in result.text()
