"""The bundled example: what decided scopes explain, what stays unexplained without them, and which origins disagree."""

import csv
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from esep.case import create_case
from esep.cli.main import main
from esep.counts.scopes import Scope
from esep.dates import When
from esep.events.statements import statements
from esep.ledger.acts import seeded_entropy
from esep.ledger.sources import sources
from esep.people.floors import floors_in

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "zhanaozen"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
AUTHORITIES = "authorities of Kazakhstan"
FILES = ("sources.csv", "tolls.csv", "persons.csv", "groups.csv", "claims.csv")


def build(folder, *, props):
    """The example's case; of its decisions about scopes only those of these properties."""
    case = create_case(
        folder / "case", title="t", actor="r", now=NOW, passphrase=None, begins="2011-05", entropy=seeded_entropy("x")
    )
    scopes = folder / "scopes.csv"
    with (EXAMPLE / "scopes.csv").open(encoding="utf-8", newline="") as file, scopes.open("w", newline="") as kept:
        writer = csv.DictWriter(kept, ["subject", "prop", "value_json", "source_id"])
        writer.writeheader()
        writer.writerows(row for row in csv.DictReader(file) if row["prop"] in props)
    for minute, path in enumerate((*(EXAMPLE / name for name in FILES), scopes)):
        case.add(path, actor="r", now=NOW + timedelta(minutes=minute), name=f"demo-{path.stem}")
    return case


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    every = {"place_within", "part_within", "scheme", "unstated_period", "speaker_alias", "toll_scope"}
    with build(tmp_path_factory.mktemp("with"), props=every) as made:
        yield made


@pytest.fixture(scope="module")
def report(case):
    return case.tolls(reconcile=True)


@pytest.fixture(scope="module")
def found(report):
    return report.reconciliation


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    """The same comparison where nobody entered a scope; who speaks is decided as before."""
    with build(tmp_path_factory.mktemp("without"), props={"speaker_alias"}) as made:
        said = statements(made.ledger, sources=sources(made.ledger))
        return said.reconciled(floors_in(made.ledger, said.worlds.world), categories=("killed",))


@pytest.fixture(scope="module")
def site(case, tmp_path_factory):
    return case.publish(tmp_path_factory.mktemp("site") / "site").folder


def killed(result, origin):
    (one,) = [a for a in result.accounts if a.origin == origin and a.tolls[0].scope.category == "killed"]
    return one


def test_with_decided_scopes_the_official_figures_are_one_series(found):
    for result in found.readings:
        account = killed(result, AUTHORITIES)
        assert account.verdict == "one series: all of it can be true"
        assert set(account.figures) >= {"10", "11", "13", "14", "15", "16", "17"}
        doubtful = {toll.id for one in result.unexplained for toll in one.tolls}
        assert not doubtful & {toll.id for toll in account.tolls}


def test_with_decided_scopes_official_sources_leave_seventeen_in_both_places(found):
    days = When.parse("2011-12-16/2011-12-18")
    both = Scope("killed", "Zhanaozen+Shetpe", days, (), "", ("died after custody",))
    town = Scope("killed", "Zhanaozen", days, (), "", ("died after custody",))
    assert [found.total.range_of(scope, "official").text() for scope in (both, town)] == ["17", "16"]
    assert found.so_far.range_of(both, "official").text() == "at least 17"


def test_without_scopes_they_are_not_explained_and_no_conflict_of_origins(without):
    (one,) = [one for one in without.total.unexplained if {"16", "17"} <= {t.bounds.text() for t in one.tolls}]
    assert one.origin == AUTHORITIES
    assert one.text().endswith("same speaker, same stated scope, date not stated: not explained")
    assert {"15", "16", "17"} <= {toll.bounds.text() for toll in one.tolls}
    assert killed(without.total, AUTHORITIES).verdict == "not explained"
    own = [c for c in without.total.conflicts if all(side.origins == (AUTHORITIES,) for side in c.sides)]
    assert all(conflict.kind == "one origin" for conflict in own)


def test_twenty_two_in_half_an_hour_against_seventeen_in_total_is_a_conflict_of_two_origins(found):
    (one,) = [
        conflict
        for conflict in found.total.conflicts
        if "toll:ZC0006" in conflict.tolls and "toll:ZC0302" in conflict.tolls and len(conflict.sides) == 2
    ]
    assert one.kind == "different origins"
    assert {name for side in one.sides for name in side.origins} == {"K. Sholpan", AUTHORITIES}
    assert "first half hour" in one.text()
    assert "at least 22 do not fit into at most 17" in one.text()
    assert not any("toll:ZC0006" in c.tolls and "toll:ZC0302" in c.tolls for c in found.so_far.conflicts)


def test_the_running_count_of_one_source_is_one_rising_series(report):
    (one,) = [one for one in report.source_series if one.voice == "source:SEED2"]
    assert one.rises
    assert [toll.bounds.text() for toll in one.steps] == ["22", "70", "more than 100"]


def test_bodies_before_and_after_nine_make_up_those_of_the_morning(found):
    voice = "a witness at the morgue, told to a reporter"
    assert {account.verdict for account in (killed(r, voice) for r in found.readings)} == {
        "one series: all of it can be true"}  # fmt: skip
    assert not [c for r in found.readings for c in r.conflicts if all(s.origins == (voice,) for s in c.sides)]


def test_documented_people_stand_under_every_choice(found):
    floor = found.so_far.range_of(Scope("injured", "Shetpe", When.parse("2011-12-16/2011-12-18")), "union")
    assert floor.text() == "at least 12 documented, no statement"


def number(text, wanted):
    """Does this number stand in the text as a number of its own (and not inside an id, a date or a longer one)?"""
    return re.search(rf"(?<![\w.,/-]){wanted}(?![\w/-]|[.,]\d)", text)


def test_the_sum_of_a_running_count_stands_nowhere(case, report, site):
    results = [report.text(), report.json(), report.table(), report.reconciliation.text(), report.reconciliation.json()]
    results += [case.count().text(), case.count().json(), case.events().json(), case.people().json()]
    pages = [path.read_bytes().decode("utf-8") for path in sorted(site.rglob("*")) if path.is_file()]
    assert number("said 192 people", 192)
    assert not [text[:80] for text in (*results, *pages) if number(text, 192) or number(text, 193)]


def test_pages_roots_and_origins_stand_behind_every_disputed_figure(report, site):
    lines = [line.strip() for line in report.text().splitlines()]
    page = re.sub(r"<[^>]+>", "", (site / "tolls.html").read_text("utf-8"))
    for line in (
        "at least 64: 1 page, 1 root, 1 origin",
        "up to 64: 1 page, 1 root, 0 origins; on 1 root nobody is named",
        "70: 1 page, 1 root, 0 origins; on 1 root nobody is named",
        "at least 70: 1 page, 1 root, 1 origin",
        "at least 73: 1 page, 1 root, 1 origin",
        "about 90: 1 page, 1 root, 0 origins; on 1 root nobody is named",
    ):
        assert line in lines
        assert line in page
    bodies = "killed, bodies in the morgue, Zhanaozen morgue: 2 statements, 2 pages, 1 root, 1 origin"
    assert bodies in lines  # 64 on a page and on its translation


def test_witnesses_of_figures_have_numbers_and_no_names_on_the_site(site):
    every = "".join(path.read_text("utf-8") for path in site.rglob("*") if path.is_file())
    assert "witness 1, name not shown" in every
    assert "Sholpan" not in every
    assert "example compiler" not in every


def test_the_site_names_conflicts_and_unexplained_figures_apart(site):
    page = (site / "tolls.html").read_text("utf-8")
    parts = {name: page.index(f'id="{name}"') for name in ("conflicts-total", "unexplained", "ranges", "entered")}
    assert list(parts) == sorted(parts, key=parts.__getitem__)
    conflicts = page[parts["conflicts-total"] : parts["unexplained"]]
    assert "not explained" not in conflicts.replace("Figures of one origin that do not fit together: not explained", "")
    assert "date not stated: not explained" in page[parts["unexplained"] : parts["ranges"]]
    assert re.search(r'<a href="tolls.html#t-ZC0006">22</a>', conflicts)
    assert not re.search(r"\b(average|mean|median)\b", page.replace("nothing is averaged", ""))


def test_every_link_of_the_comparison_leads_to_a_statement(site):
    page = (site / "tolls.html").read_text("utf-8")
    ids = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="tolls\.html#([^"]+)"', page)) <= ids


def test_the_command_compares_only_when_asked(tmp_path):
    where = tmp_path / "case"
    with create_case(where, title="t", actor="r", now=NOW, passphrase=None) as case:
        (tmp_path / "tolls.csv").write_text(
            "claim_id,source_id,pub_date,category,value_low,value_high,qualifier,attributed_to,place\n"
            "A,PAPER,2020-05-03,killed,17,,exact,Ministry,Town\nB,UNION,2020-05-03,killed,22,,exact,Union X,Town\n"
        )
        (tmp_path / "scopes.csv").write_text(
            "subject,prop,value_json,source_id\n"
            'toll:A,toll_scope,"{""place"": ""Old Town"", ""by"": ""A. Reader"", ""reason"": ""the table""}",PAPER\n'
            'case:c,place_within,"{""place"": ""Old Town"", ""within"": ""Town"", ""by"": ""A"", ""reason"": ""m""}",'
            "P\n"
            'toll:B,toll_scope,"{""place"": ""Old Town"", ""by"": ""A. Reader""}",PAPER\n'
            'toll:B,toll_scope,"{""place"": ""Old Town"", ""by"": ""A. Reader"", ""reason"": ""the heading""}",PAPER\n'
        )
        for name in ("tolls.csv", "scopes.csv"):
            case.add(tmp_path / name, actor="r", now=NOW + timedelta(minutes=len(name)))
    quick = CliRunner().invoke(main, ["tolls", str(where)])
    full = CliRunner().invoke(main, ["tolls", str(where), "--reconcile"])
    rows = json.loads(CliRunner().invoke(main, ["tolls", str(where), "--reconcile", "--json"]).output)
    assert "cannot both be true" not in quick.output
    assert "17 (killed, Old Town; said by Ministry) and 22 (killed, Old Town; said by Union X) cannot" in full.output
    assert all("about toll:B is left out: it has no 'reason'" in result.output for result in (quick, full))
    assert {row["row"] for row in rows if row["section"] == "reconciliation"} == {"conflict", "range"}
    assert {row["toll"]: row["stated_scope"] for row in rows if "toll" in row}["toll:A"] == "killed, Town"


def test_an_undone_decision_gives_the_stated_scope_back(tmp_path):
    with build(tmp_path, props={"toll_scope"}) as case:

        def place(**moment):
            return {row["toll"]: row["place"] for row in case.tolls(**moment).rows()}["toll:ZC0037"]

        (claim,) = [c for c in case.ledger.claims(subjects=["toll:ZC0037"], props=["toll_scope"])]
        assert place() == "Zhanaozen+Shetpe"
        line = {"v": 1, "decide": "undo", "of": claim.cid, "reason": "read again", "by": "A", "at": "2026-02-01"}
        (tmp_path / "d.jsonl").write_text(json.dumps(line), "utf-8")
        case.decide(tmp_path / "d.jsonl", actor="A", now=NOW.replace(month=2))
        assert place() == "Zhanaozen"
        assert place(known_on=claim.seq) == "Zhanaozen+Shetpe"
