"""Requirements that start from the words of document 003: what is found, what a person accepts, what the case shows.

Checks that name document 000 are shown for 003 only. Offsets are those of the requirements. A «correct» decision stands
where a reader has to mend what a program found.
"""

import json
import re
from functools import cache

import pytest

from esep.case import create_case
from esep.case.decisions import Decision
from esep.counts.categories import is_casualty
from esep.counts.tolls import by_count_date, by_publication
from esep.events.statements import toll_statements
from esep.extract import extract_text
from esep.ledger.acts import seeded_entropy
from esep.ledger.sources import sources
from tests.conftest import SHARED
from tests.requirements.conftest import NOW

pytestmark = pytest.mark.needs_shared
DOCUMENT = SHARED / "seeds" / "003_fc4ab8a24656034a.txt"
DISCLAIMER = "The publisher says that it disagrees with the party whose statement it prints."


@cache
def words():
    return DOCUMENT.read_bytes().decode("utf-8")


@cache
def found():
    return extract_text(words(), name="003")


def near(kind, start, end):
    """What was found at these offsets, in the outer format and with its inner fields."""
    return [
        {**proposal.value, **proposal.outer("003")}
        for proposal in found().of_kind(kind)
        if proposal.start < end and start < proposal.end
    ]


def quantity(start, end):
    (one,) = near("quantity", start, end)
    return one


def actions(city=None):
    rows = [{**p.value, **p.outer("003")} for p in found().of_kind("action")]
    return [row for row in rows if city is None or row["city"] == city]


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """A case that holds the document, with everything that was found in it still to be decided."""
    folder = tmp_path_factory.mktemp("texts")
    with create_case(
        folder / "case", title="t", actor="Recorder", now=NOW, passphrase=None, begins="2011-05",
        entropy=seeded_entropy("texts"),
    ) as made:  # fmt: skip
        made.add(DOCUMENT, actor="Recorder", now=NOW, name="SEED2")
        (folder / "sources.csv").write_text(
            f"source_id,title,publisher,pub_date,disclaimer\nSEED2,Statement,Other Aspect,2012-01-11,{DISCLAIMER}\n"
        )
        made.add(folder / "sources.csv", actor="Recorder", now=NOW.replace(day=2))
        made.extract(now=NOW.replace(day=3))
        yield made


def accept(case, kind, *places, **corrected):
    """Accept the proposals at these offsets; with fields, correct them."""
    chosen = [
        proposal
        for proposal in case.ledger.proposals(kind=kind)
        for span in proposal.payload["spans"][:1]
        if any(span["start"] < end and start < span["end"] for start, end in places)
    ]
    assert len(chosen) >= len(places)
    verb = "correct" if corrected else "accept"
    lines = [Decision(verb, "read", "Reviewer", "2026-02-01", proposal=p.id, value=corrected or None) for p in chosen]
    case.record(lines, actor="Reviewer", now=NOW.replace(month=2))


RUNNING = ((19552, 19588), (20017, 20062))
SEVENTIES = (1265, 18158, 19570)


@pytest.fixture(scope="module")
def tolls(read):
    """The figures of the document that the requirements name, accepted; of 22 a reader corrects the date."""
    accept(read, "quantity", (19104, 19125), as_of="2011-12-16", place="Zhanaozen")
    accept(read, "quantity", *RUNNING, (1259, 1277), (1279, 1300), (22759, 22783), (23326, 23341))
    accept(read, "quantity", (18154, 18167), attributed_to=None)
    accept(read, "quantity", (23704, 23766), (22476, 22499), (22815, 22828), (23499, 23553), (23873, 23890))
    accept(read, "quantity", (18402, 18455), category="hospitalized", place="regional hospital")
    return read


@pytest.fixture(scope="module")
def statements(tolls):
    return toll_statements(tolls.ledger, sources=sources(tolls.ledger))


def at(case, statements, start):
    """The statement whose words start at or just before an offset."""
    for toll in statements:
        (claim,) = case.ledger.claims(subjects=[toll.id], props=["toll"])
        if claim.locator[0]["start"] <= start < claim.locator[0]["end"]:
            return toll
    raise AssertionError(start)


@pytest.fixture(scope="module")
def events(read):
    """Every action of the document, accepted as it was found."""
    accept(read, "action", (0, len(words())))
    return json.loads(read.events().json())


def test_r1_the_call_has_its_own_date_and_a_later_publication():
    (call,) = [row for row in near("action", 18268, 18401) if row["type"] == "testimony"]
    (part,) = [part for part in found().parts if part.start <= call["start"] < part.end]
    assert (call["date"], part.published) == ("2011-12-18", "2011-12-21")


def test_r1_a_correction_is_a_new_version_and_the_first_words_stay_readable(case, add):
    head = "subject,prop,value,source_id\n"
    add(head + f'source:CALL,words,"{words()[18344:18401]}",CALL\n', form="claims", name="notes")
    (first,) = case.ledger.claims(subjects=["source:CALL"], props=["words"])
    add(head + "source:CALL,words,called twice,CALL\n", form="claims", name="notes", file="again.csv")
    versions = [c.value for c in case.ledger.claims(subjects=["source:CALL"], props=["words"])]
    assert versions == [words()[18344:18401], "called twice"]
    known = [c.value for c in case.ledger.claims(subjects=["source:CALL"], props=["words"], known_on=first.seq)]
    assert known == versions[:1]


def test_r8_ten_described_dead_are_found_apart_and_an_age_is_no_number():
    places = ((19127, 19137), (19180, 19196), (19201, 19215), (19259, 19278), (19283, 19310), (19334, 19353))
    described = [quantity(*place) for place in places]
    assert [(one["category"], one["low"], one["high"]) for one in described] == [
        ("killed", number, number) for number in (1, 3, 1, 3, 1, 1)]  # fmt: skip
    assert not [p for p in found().of_kind("quantity") if 11 in (p.value["lower"], p.value["upper"])]


def test_r16_forty_in_hospital_is_marked_as_a_part_and_is_no_total(tolls, statements):
    forty = at(tolls, statements, 18410)
    assert (forty.bounds.text(), forty.subset_of) == ("about 40", "part of injured")
    (group,) = [g for g in tolls.tolls().people if forty in g.tolls]
    over = at(tolls, statements, 22770)
    assert group.scope.category == "hospitalized"
    assert (over.bounds.low, over.subset_of) == (501, "")


def test_r20_numbers_keep_their_open_ends(tolls, statements):
    ends = [at(tolls, statements, start).bounds for start in (1265, 22770, 23330)]
    assert [(one.low, one.high) for one in ends] == [(70, None), (501, None), (None, 200)]


def test_r21_three_counts_are_one_rising_series_and_no_sum(tolls):
    report = tolls.tolls(reconcile=True)
    series = [one for one in report.source_series if one.category == "killed" and one.place == "Zhanaozen"]
    assert [[t.bounds.text() for t in one.steps] for one in series] == [["22", "70", "more than 100"]]
    assert series[0].rises
    assert not re.search(r"\b19[23]\b", report.text() + report.json())


def test_r22_lowest_and_highest_have_their_speakers_and_every_figure_opens_to_its_words(tolls):
    report = tolls.tolls()
    (group,) = [g for g in report.people if (g.scope.category, g.scope.place) == ("killed", "Zhanaozen")]
    assert ({t.bounds.text() for t in group.lowest}, {t.bounds.text() for t in group.highest}) == (
        {"22"}, {"more than 100"})  # fmt: skip
    assert "lowest: 22, said by K. Sholpan" in report.text()
    assert not re.search(r"\b(median|average|mean)\b(?! killed)", report.text())
    for row in report.rows():
        (claim,) = tolls.ledger.claims(subjects=[row["toll"]], props=["toll"])
        (place, *_) = claim.locator
        quote = tolls.texts.passage("SEED2", place["start"], place["end"])
        assert quote == words()[place["start"] : place["end"]]
        assert re.search(r"\d|[Hh]undred|[Tt]welve|forty|one", quote)


def test_r23_recorded_people_stand_beside_claimed_numbers_and_nothing_is_subtracted(case, add):
    from tests.requirements.test_requirements_document import PEOPLE, table

    case.add(DOCUMENT, actor="Recorder", now=NOW, name="SEED2")
    add(table([person for person in PEOPLE if "killed" in person[2]]), form="persons")
    case.extract(now=NOW.replace(month=2))
    accept(case, "quantity", (19104, 19125), *RUNNING)
    (cell,) = [cell for cell in case.count().states if cell.key == ("killed",)]
    claimed = [toll.bounds.stated[0] for toll in toll_statements(case.ledger, sources=sources(case.ledger))]
    assert (cell.low, min(claimed)) == (12, 22)
    told = case.count().text() + case.tolls(reconcile=True).text()
    assert not re.search(r"\b(10|58|88|89) (more|unknown|others|not recorded)\b|unknown dead", told)


def test_r24_one_of_the_twelve_is_a_part_of_them(tolls, statements):
    twelve, one = quantity(23704, 23730), quantity(23732, 23766)
    assert ((twelve["low"], twelve["scope"]), (one["low"], one["scope"])) == ((12, "new"), (1, "subset"))
    assert at(tolls, statements, 23740).subset_of == "part of a larger number"
    assert "13" not in {row["text"] for row in tolls.tolls().rows()}


def test_r24_a_wave_stands_beside_its_protests():
    kinds = {(row["start"], row["city"]): row["entry"] for row in actions() if 14837 <= row["start"] < 15003}
    assert kinds == {(14837, None): "umbrella", (14903, "Cologne"): "single", (14903, "Berlin"): "single"}


def test_r25_seventy_printed_several_times_is_not_so_many_sources(tolls, statements):
    voices = [g.voices for g in tolls.tolls().people if any("70" in t.bounds.text() for t in g.tolls)]
    assert {root for one in voices for root in one.roots} == {"source:SEED2"}
    assert all(len(one.pages) == len(one.roots) == 1 for one in voices)
    mentions = [at(tolls, statements, start) for start in SEVENTIES]
    assert [toll.bounds.stated for toll in mentions] == [(70,), (70,), (70,)]
    assert len({toll.root for toll in mentions}) == 1


def test_r26_one_number_over_two_categories_is_marked(tolls):
    rows = [row for row in tolls.tolls().rows() if row["hedge"] == "hundreds" and is_casualty(row["category"])]
    assert {row["category"] for row in rows} == {"injured", "missing"}
    assert all("one number for two categories: not separable" in row["ambiguities"] for row in rows)


def test_r26_victims_carry_an_ambiguity(tolls, statements):
    assert any("«victims» may mean" in mark for mark in at(tolls, statements, 19570).ambiguities)


def test_r27_1989_stays_apart(tolls, statements):
    report = tolls.tolls()
    assert [t.bounds.text() for g in report.past_events for t in g.tolls] == ["up to 200"]
    assert quantity(23326, 23341)["scope"] == "historical"
    assert "1989" not in tolls.events(during="2011-12").json()


def test_r28_workers_marines_and_crowds_are_no_casualties(tolls, statements):
    places = (22480, 22820, 23510, 23880)
    kinds = [at(tolls, statements, start).scope.category for start in places]
    assert kinds == ["dismissed", "troops", "protest-participants", "protest-participants"]
    assert not any(map(is_casualty, kinds))
    assert all(row["low"] != 1500 for row in tolls.tolls().rows() if is_casualty(row["category"]))


def test_r28_shares_distances_years_and_days_are_no_people():
    for thing in ("98% of the grid", "120 kilometers", "6 years in prison", "20-day state"):
        start = words().index(thing)
        assert near("quantity", start, start + len(thing)) == [], thing


def test_r29_twenty_two_leads_to_its_witness_and_the_end_of_attribution_is_open(tolls, statements):
    toll = at(tolls, statements, 19110)
    assert toll.chain == ("K. Sholpan",)
    assert at(tolls, statements, 19570).chain == ("K. Sholpan",)
    assert "where the attribution ends is not marked in the text" in toll.ambiguities


def test_r30_the_disclaimer_is_printed_wherever_the_source_is_cited(tolls, events, tmp_path):
    site = tolls.publish(tmp_path / "site").folder
    for name in ("sources.html", "tolls.html", "other-numbers.html", "chronology.html"):
        assert DISCLAIMER in (site / name).read_text("utf-8"), name


def test_r31_a_plan_and_a_fear_are_not_among_the_things_that_happened(read, events, tmp_path):
    (plan,) = near("action", 20438, 20534)
    (fear,) = near("action", 16648, 16729)
    assert (plan["polarity"], fear["polarity"]) == ("planned", "feared")
    kinds = {row["entry"] for row in events if row["polarity"] == "planned"} | {
        row["polarity"] for row in events if row["polarity"] == "feared"}  # fmt: skip
    assert kinds >= {"planned", "feared"}
    page = (read.publish(tmp_path / "site").folder / "chronology.html").read_text("utf-8")
    undated = page[page.index('id="undated"') :]
    apart = page[: page.index('id="undated"')]
    assert "Planned: announced or called for" in apart
    assert "Feared: somebody is afraid of it" in apart
    assert "signature" in apart
    assert "signature" not in undated


def test_r33_four_kinds_of_damage_are_named_and_none_in_a_clean_text():
    kinds = {(defect.kind, defect.start) for defect in found().defects}
    assert {("lost_link", 22153), ("lost_link", 24017), ("lost_credit", 17398), ("stray_closing_quote", 24907)} <= kinds
    assert "unbalanced_quotes" in {kind for kind, _ in kinds}
    clean = extract_text("Workers of “North” met in Aktau on 3 March 2031. Two people were hurt.", name="clean")
    assert clean.defects == ()


def test_r35_every_town_of_a_day_has_its_record(events):
    towns: dict[str, set[str]] = {}
    for row in events:
        towns.setdefault(row["date"], set()).update(row["places"])
    assert towns["2011-12-16"] >= {"Moscow", "Kyiv", "Odesa", "Aachen", "Stockholm", "Gothenburg", "Luleå", "Berlin"}
    assert towns["2011-12-20"] == {"Cologne", "Berlin"}
    assert towns["2011-12-21"] >= {"Hong Kong", "Moscow"}


def test_r36_time_words_become_dates_with_their_ground():
    days = {start: {row["date"] for row in actions() if row["start"] == start} for start in (10626, 15245, 23444, 757)}
    assert days == {10626: {"2011-12-16"}, 15245: {"2011-12-21"}, 23444: {"2011-12-17"}, 757: {"2011-12-17/2011-12-18"}}
    grounds = {row["start"]: row["date_basis"] for row in actions()}
    assert (grounds[10626], grounds[15245]) == ("anchored", "anchored")
    (part,) = [part for part in found().parts if part.start <= 16472 < part.end]
    assert (part.published, part.basis) == ("2011-12-25", "imprint")


def test_r37_undated_actions_have_no_date_and_an_inferred_town_says_so(events):
    for city in ("Dublin", "Brussels", "London", "Graz", "Vienna"):
        assert {row["date"] for row in actions(city)} == {None}, city
    (picket,) = [row for row in events if "Saint Petersburg" in row["places"] and row["type"] == "picket"]
    assert picket["place_basis"] == ["inferred"]


def test_r38_a_series_stands_beside_the_dated_actions(read, events):
    moscow = [row for row in events if "Moscow" in row["places"]]
    series = [row for row in moscow if row["entry"] == "series"]
    assert {row["date"] for row in series} == {"2011-12-16/2011-12-25"}
    assert all(row["date"] and "/" not in row["date"] for row in moscow if row["entry"] == "single")
    (plan,) = [row for row in actions() if row["type"] == "signature-campaign"]
    assert (plan["entry"], plan["polarity"]) == ("plan", "planned")


def test_r39_interference_with_recorders_is_found(read, events):
    (row,) = json.loads(read.events("camera journalist").json())
    assert (row["date"], row["places"]) == ("2011-12-16", ["Odesa"])
    refused = {p for row in events if row["response"] and "refused" in row["response"] for p in row["places"]}
    assert refused == {"Saint Petersburg"}


def test_r40_the_chronology_runs_in_time_and_not_in_print(events):
    order = [row["date"] for row in events]
    tel_aviv = next(i for i, row in enumerate(events) if row["places"] == ["Tel Aviv"])
    assert not [day for day in order[tel_aviv + 1 :] if day in ("2011-12-16", "2011-12-17")]
    first = min((row["start"], row["city"]) for row in actions() if row["start"] > 7228)
    assert first[1] == "Tel Aviv"


def test_r42_count_date_and_publication_are_two_orders(statements):
    killed = [toll for toll in statements if toll.scope.category == "killed"]
    assert by_count_date(killed) != by_publication(killed)


DEMANDS = "subject,prop,value,source_id,doc,start,end,quote\n"


def test_r46_one_demand_with_every_voice_and_its_words(case, add):
    case.add(DOCUMENT, actor="Recorder", now=NOW, name="SEED2")
    text = words()

    def row(subject, prop, value, start, end):
        return f'{subject},{prop},{value},SEED2,SEED2,{start},{end},"{text[start:end]}"\n'

    rows = [
        row("demand:SOKOLOVA", "demand", "release of Natalia Sokolova", 6644, 6687),
        row("demand:SOKOLOVA", "by", "Socialist Movement of Kazakhstan", 6644, 6687),
        row("demand:REINSTATE", "demand", "reinstate the dismissed", 6838, 6877),
        row("demand:TROOPS", "demand", "troops out of Zhanaozen", 23912, 23960),
        row("demand:TROOPS", "date", "2011-12-18", 23810, 23961),
        "demand:SOKOLOVA,demand,release of Natalia Sokolova,JOURNAL,,,,\n",
        "demand:SOKOLOVA,state,open,JOURNAL,,,,\n",
    ]
    added = add(DEMANDS + "".join(rows), form="claims")
    assert added.report.totals["rejected"] == 0, added.report.text()
    listed = {one["id"]: one for one in json.loads(case.demands().json())}
    assert len(listed) == 3
    assert listed["demand:SOKOLOVA"]["sources"] == ["source:SEED2", "source:JOURNAL"]
    assert [one["id"] for one in json.loads(case.demands("Sokolova release").json())] == ["demand:SOKOLOVA"]


def test_r46_demands_are_found_where_the_text_makes_them():
    starts = ((6644, 6687), (6838, 6877), (23912, 23960), (16308, 16418))
    assert all(near("demand", *place) for place in starts)
    assert all(row["state"] == "open" for place in starts for row in near("demand", *place))
