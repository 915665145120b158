"""Estimates on the site: apart from counts, every method with its refusals, nothing where nobody decided on lists."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from esep.estimate import CaptureTable, estimate_table, method, method_names
from esep.ledger.acts import seeded_entropy
from esep.ledger.claims import Draft
from esep.ledger.ledger import Ledger
from esep.publish.pages.estimate import draw
from esep.publish.render import render_site
from esep.publish.shown_estimates import ABOUT, METHODS, ShownEstimate, ShownMethod
from esep.publish.site import verify_site, write_site
from esep.publish.view import gather
from tests.publish import test_publish_html
from tests.publish.conftest import ACT

TITLE = "Testabad 2020"
THREE = {"100": 30, "010": 25, "001": 20, "110": 14, "101": 9, "011": 8, "111": 6}
APART = {"100": 12, "010": 9, "001": 7}
TORN = {"100": 60, "010": 50, "001": 20, "110": 4, "101": 20, "011": 3, "111": 3}
LISTS = {"hospital": ["HOSPITAL"], "lawyers": ["source:LAWYERS"], "relatives": ["RELATIVES"]}


def people(patterns):
    """Drafts of invented people without names, one record each, on the lists of their pattern."""
    sources = [f"source:{name.upper()}" for name in LISTS]
    for source in sources:
        yield Draft(source, "title", source.partition(":")[2].capitalize())
        yield Draft(source, "publisher", "Test Press")
    for pattern, number in patterns.items():
        for place in range(number):
            for source, on in zip(sources, pattern, strict=True):
                if on == "1":
                    yield Draft(f"person:P{pattern}-{place}", "status", {"status": "killed"}, source=source)


def decision(**changed):
    value = {"title": "Killed in Testabad", "lists": LISTS, "statuses": ["killed"], "note": "made apart"}
    return Draft("case:t", "estimate", {**value, **changed})


def made(patterns, *decisions):
    ledger = Ledger.create(Path(":memory:"), key=None, case="t", entropy=seeded_entropy("x"))
    ledger.write(people(patterns), ACT)
    for one in decisions:
        ledger.write([one], ACT)
    return ledger


def rendered(view):
    return {path: content.decode() for path, content in render_site(view).items()}


def words(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@pytest.fixture(scope="module")
def ledger():
    with_three = made(THREE, decision())
    yield with_three
    with_three.close()


@pytest.fixture(scope="module")
def view(ledger):
    return gather(ledger, title=TITLE)


@pytest.fixture(scope="module")
def texts(view):
    return rendered(view)


@pytest.fixture(scope="module")
def apart():
    return gather(made(APART, decision()), title=TITLE)


def test_every_method_of_the_estimate_is_shown_with_its_interval(view, texts):
    (one,) = view.estimates
    assert {"chao-bound", "loglinear-independent", "loglinear-average"} <= {each.name for each in one.methods}
    for each in one.methods:
        assert each.low <= each.point
        assert f"<strong>{each.point:,}</strong> ({each.interval})" in texts["estimate.html"]


def test_every_method_of_the_page_is_registered_and_described():
    names = [name for name, _ in METHODS]
    assert set(names) == set(ABOUT) <= set(method_names())
    assert all(method(name).min_lists <= most <= method(name).max_lists for name, most in METHODS)


def test_methods_that_are_not_run_are_named(view, texts):
    (one,) = view.estimates
    assert "latent-class" in one.not_run
    assert not set(one.not_run) & {each.name for each in one.methods}
    assert "<code>latent-class</code>" in texts["estimate.html"].partition("Not run here")[2]


def test_the_figures_are_those_of_the_package(view):
    table = CaptureTable.from_patterns(THREE, lists=list(LISTS))
    expected = estimate_table(table, methods=["loglinear-average"]).results[0]
    (shown,) = [each for each in view.estimates[0].methods if each.name == "loglinear-average"]
    assert (shown.point, shown.low, shown.high) == tuple(map(round, (expected.point, expected.low, expected.high)))


def test_the_page_says_whether_methods_disagree_and_what_they_assume(view, texts):
    (one,) = view.estimates
    assert one.disagreement in words(texts["estimate.html"])
    assert "nobody enters or leaves while the lists are made" in texts["estimate.html"]


def test_methods_that_disagree_are_said_to_and_an_open_end_is_drawn_as_open():
    page = rendered(gather(made(TORN, decision()), title=TITLE))["estimate.html"]
    assert "The methods disagree: from " in words(page)
    row = re.search(r"<tr>(?:(?!</tr>).)*<code>coverage-high</code>.*?</tr>", page, re.DOTALL)[0]
    assert "no upper limit" in row
    assert 'class="open open-right"' in row
    assert 'class="tip"' in row


def test_an_open_end_is_an_empty_cell_and_null_in_the_downloads():
    texts = rendered(gather(made(TORN, decision()), title=TITLE))
    (row,) = [one for one in json.loads(texts["data/estimates.json"]) if one["method"] == "coverage-high"]
    assert (row["high"], row["status"]) == (None, "unbounded-above")
    assert row["low"] <= row["point"]


def shown(point, low, high, role="estimate"):
    return ShownMethod("m", "", role, point, low, high, "ok", "estimated", is_plain=True, assumptions=())


@pytest.mark.parametrize(
    ("given", "right", "end"),
    [
        (shown(100, 80, 120), "closed", "58.40%"),
        (shown(100, None, None), "dot", "49.00%"),
        (shown(100, 80, None), "open", "99.00%"),
        (shown(100, 80, 5000), "beyond", "99.00%"),
    ],
)
def test_each_kind_of_end_is_drawn_apart(given, right, end):
    one = ShownEstimate("c", "", "t", (), None, methods=(given, shown(100, 90, 200)))
    drawn = draw(one, []).rows[0].spreads[0]
    assert (drawn.right, drawn.end) == (right, end)


def test_a_sensitivity_figure_far_out_does_not_squeeze_the_estimates():
    one = ShownEstimate("c", "", "t", (), None, methods=(shown(100, 80, 120), shown(9000, 8000, 9500, "sensitivity")))
    drawn = draw(one, [])
    assert drawn.ticks[-1][1] == 200
    assert drawn.rows[1].spreads[0].point is None


def test_bounds_and_sensitivity_stand_below_the_estimates(texts):
    page = texts["estimate.html"]
    order = [page.index(heading) for heading in (">Estimates</th>", ">Lower bounds", ">What other assumptions")]
    assert order == sorted(order)


def test_patterns_and_overlaps_are_those_of_the_lists(view):
    (one,) = view.estimates
    assert {tuple(pattern.lists): pattern.people for pattern in one.patterns} == {
        tuple(name for name, on in zip(LISTS, code, strict=True) if on == "1"): n for code, n in THREE.items()
    }
    assert [(pair.first, pair.second, pair.shared) for pair in one.overlaps] == [
        ("hospital", "lawyers", 20), ("hospital", "relatives", 15), ("lawyers", "relatives", 14),
    ]  # fmt: skip


def test_documented_people_stand_in_a_section_of_their_own(view, texts):
    page = texts["estimate.html"]
    estimated, _, documented = page.partition("<h3>Documented people on these lists</h3>")
    assert "112 documented people are on at least one of the lists" in words(documented)
    assert not re.search(r"(?<![\d.])112(?![\d.%])", words(estimated))
    assert 'href="counts/ever-killed.html"' in documented


def test_no_estimate_stands_on_any_page_of_counts(view, texts):
    numbers = {f"{each.point:,}" for each in view.estimates[0].methods} - {"112"}
    for path, text in texts.items():
        if path.startswith("counts") or path in ("index.html", "people.html", "tolls.html"):
            found = set(re.findall(r"[\d,]+", words(text.partition("<main")[2].partition("<footer")[0])))
            assert not numbers & found, path


def test_no_file_holds_both_estimates_and_counts(texts):
    rows = list(csv.DictReader(io.StringIO(texts["data/estimates.csv"])))
    assert set(rows[0]) == set(
        "estimate title method role status point low high level lists seed version input".split()
    )
    assert json.loads(texts["data/estimates.json"])[0]["lists"] == list(LISTS)
    assert sum(int(row["people"]) for row in csv.DictReader(io.StringIO(texts["data/lists.csv"]))) == 112
    assert "loglinear" not in texts["data/counts.csv"]


def test_the_same_ledger_gives_the_same_bytes_and_verifies(ledger, view, tmp_path):
    folder = write_site(view, tmp_path / "site").folder
    assert list(verify_site(folder, gather(ledger, title=TITLE))) == []


def test_lists_that_share_nobody_are_refused_with_the_reason(apart):
    page = rendered(apart)["estimate.html"]
    assert "<h3>Methods that give no number</h3>" in page
    assert "the lists share nobody" in page
    assert "chao-bound" in page
    assert "<svg" not in page
    assert all(each.point is None for each in apart.estimates[0].methods)


def test_a_refusal_is_an_empty_point_with_a_status_in_the_download(apart):
    rows = json.loads(rendered(apart)["data/estimates.json"])
    assert {(row["point"], row["status"]) for row in rows} == {(None, "no-overlap")}


def test_without_decided_lists_the_page_says_so_and_what_it_takes():
    page = words(rendered(gather(made(THREE), title=TITLE))["estimate.html"])
    assert "No estimate was made for this case." in page
    assert "Why pages that copy each other are no lists" in page
    assert "method by method" not in page.casefold()


def test_a_withdrawn_decision_vanishes_and_is_listed_as_a_correction():
    ledger = made(THREE, decision())
    (claim,) = ledger.claims(props=["estimate"])
    ledger.write([Draft(claim.subject, "estimate", {"reason": "not apart"}, op="retract", target=claim.cid)], ACT)
    view = gather(ledger, title=TITLE)
    assert view.estimates == ()
    assert [(one.prop, one.act, one.subject, one.reason) for one in view.corrections] == [
        ("estimate", "withdrawn", claim.cid, "not apart")
    ]


def test_several_decisions_are_several_estimates():
    two = {name: LISTS[name] for name in ("hospital", "lawyers")}
    view = gather(made(THREE, decision(), decision(title="Two lists", lists=two)), title=TITLE)
    assert [one.title for one in view.estimates] == ["Killed in Testabad", "Two lists"]
    assert [each.name for each in view.estimates[1].methods][:2] == ["petersen", "chapman"]


def test_a_site_of_an_earlier_position_has_only_what_was_decided_by_then(ledger):
    before = ledger.position() - 1
    assert gather(ledger, title=TITLE, known_on=before).estimates == ()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"lists": {"one": ["HOSPITAL"]}}, "names 1 lists"),
        ({"lists": {**LISTS, "more": ["NOWHERE"]}}, "1 of the sources it names are not held"),
        ({"lists": {**LISTS, "more": []}}, "1 of its lists name no source"),
        ({"lists": {**LISTS, "more": ["HOSPITAL"]}}, "a copy is no second list"),
        ({"lists": "HOSPITAL"}, "names 0 lists"),
        ({"statuses": []}, "does not say of whom"),
    ],
)
def test_a_decision_that_cannot_be_used_says_why_and_computes_nothing(changed, reason):
    view = gather(made(APART, decision(**changed)), title=TITLE)
    assert view.estimates[0].methods == ()
    assert reason in words(rendered(view)["estimate.html"])


def test_a_reprint_of_a_list_is_no_second_list():
    ledger = made(
        APART, Draft("source:COPY", "reprint_of", "source:HOSPITAL"), decision(lists={**LISTS, "c": ["COPY"]})
    )
    assert "a copy is no second list" in gather(ledger, title=TITLE).estimates[0].why_not[0]


def test_nobody_on_any_list_is_a_result_and_no_crash():
    view = gather(made(APART, decision(statuses=["missing"])), title=TITLE)
    assert "nobody is on any list here" in rendered(view)["estimate.html"]


def test_names_that_may_not_be_shown_stand_nowhere_on_the_page():
    hidden = [
        Draft("person:H", "name", "Nurlan Hiddenov"),
        Draft("person:H", "status", {"status": "detained"}),
    ]
    lists = {"Hiddenov's list": ["HOSPITAL"], "relatives": ["RELATIVES"]}
    ledger = made(THREE, decision(title="By Hiddenov", note="from Nurlan Hiddenov", lists=lists))
    ledger.write(hidden, ACT)
    texts = rendered(gather(ledger, title=TITLE))
    assert not [path for path, text in texts.items() if "hiddenov" in text.casefold()]
    assert "list 1" in texts["estimate.html"]


def test_pages_are_well_formed_keep_the_policy_and_their_links(texts):
    test_publish_html.test_every_page_is_well_formed(texts)
    test_publish_html.test_every_page_has_the_policy_and_nothing_inline(texts)
    test_publish_html.test_nothing_is_loaded_from_outside(texts)
    test_publish_html.test_every_page_has_one_heading_and_a_title(texts)


def test_every_link_of_the_page_leads_somewhere(view, tmp_path):
    folder = write_site(view, tmp_path / "site").folder
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    test_publish_html.test_every_link_inside_the_site_leads_to_a_place_that_exists(
        {path: file.read_text("utf-8") for path, file in files.items()}
    )
