"""Figures compared on the site: links, neutral words, and nothing that may not be said. Invented people and places."""

import html
import re
from pathlib import Path

import pytest

from esep.ledger.acts import seeded_entropy
from esep.ledger.claims import Draft
from esep.ledger.ledger import Ledger
from esep.publish.render import render_site
from esep.publish.view import gather
from tests.publish.conftest import ACT, MARKUP

SIGNED = {"by": "Deciderova Gulnar", "reason": f"the table under the text {MARKUP}"}


def toll(name, low, *, by, kind, place="Town", high=None, **more):
    value = {"status": "killed", "low": low, "high": high or low, "hedge": "exact", "scope": {"place": place}}
    said = {**value, "said_by": [by], "speaker_kind": kind, **more}
    return Draft(f"toll:{name}", "toll", said, source="source:PAPER")


def drafts():
    yield Draft("source:PAPER", "title", "Testabad Paper")
    yield Draft("source:PAPER", "publisher", "Paper House")
    yield Draft("person:W1", "name", "Saule Witnesska")
    yield Draft("person:W1", "role", "witness")
    yield Draft("person:K1", "name", "Timur Killedov")
    yield Draft("person:K1", "status", {"status": "killed", "place": "Port"})
    yield Draft("person:K2", "name", "Arman Killedov")
    yield Draft("person:K2", "status", {"status": "killed", "place": "Port"})
    yield toll("T1", 17, by="Ministry", kind="official")
    yield toll("T2", 22, by="Saule Witnesska", kind="witness")
    yield toll("T3", 15, by="Ministry", kind="official")
    yield toll("T4", 1, by="Ministry", kind="official", place="Port")
    yield toll("T5", 5, by="Minister", kind="official", place="where Witnesska lives")
    yield toll("T6", 30, by=MARKUP, kind="official", place=f"Harbour {MARKUP}")
    yield toll("T7", 3, by="Ministry", kind="official", polarity="denied")
    yield toll("T8", 60, by="Ministry", kind="official", status="convicted")
    yield Draft("toll:T8", "toll_scope", {"place": "Port", **SIGNED}, source="source:PAPER")
    yield Draft("toll:T2", "toll_scope", {"place": "Old Town", **SIGNED}, source="source:PAPER")
    yield Draft("case:t", "place_within", {"place": "Old Town", "within": "Town", **SIGNED}, source="source:PAPER")


@pytest.fixture(scope="module")
def site():
    ledger = Ledger.create(Path(":memory:"), key=None, case="t", entropy=seeded_entropy("x"))
    ledger.write(drafts(), ACT)
    made = render_site(gather(ledger, title="Testabad"))
    ledger.close()
    return {name: content.decode("utf-8") for name, content in made.items()}


@pytest.fixture(scope="module")
def page(site):
    return site["tolls.html"]


def section(page, name):
    return re.search(rf'<section id="{name}">(.*?)</section>', page, re.DOTALL)[1]


def plain(markup):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_a_conflict_names_both_sides_and_leads_to_their_statements(page):
    found = section(page, "conflicts-total")
    assert "Figures of different origins" in found
    assert 'href="tolls.html#t-T2">22</a>' in found
    assert "do not fit into at most 17" in plain(found)


def test_different_figures_of_one_speaker_stand_apart_from_conflicts(page):
    apart = plain(section(page, "unexplained"))
    assert "15 (not dated), 17 (not dated): same speaker, same stated scope, date not stated: not explained" in apart
    assert "Figures of one origin" not in page


def test_documented_people_are_a_limit_from_below(page):
    assert "2 documented people" in plain(section(page, "conflicts-total"))
    assert "at least 2 documented, no statement" in plain(section(page, "ranges"))


def test_every_choice_of_sources_has_its_column(page):
    heads = re.findall(r'<th scope="col">(\w+)</th>', section(page, "ranges"))
    assert heads[:5] == ["Scope", "official", "union", "media", "all"]


def test_an_entered_scope_stands_beside_the_stated_one_without_its_decider(site, page):
    entered = plain(section(page, "entered"))
    assert "22 : stated as «killed, Town», entered as «killed, Old Town»" in entered
    assert "Paper House" in entered
    assert not [name for name, text in site.items() if "Deciderova" in text]


def test_decisions_about_the_case_are_shown_with_reason_and_source(page):
    assert "Old Town lies in Town: the table under the text" in plain(section(page, "ruled"))


def test_witnesses_have_numbers_and_scopes_that_lead_to_them_are_withheld(site, page):
    assert "witness 1, name not shown" in section(page, "conflicts-total")
    assert not [name for name, text in site.items() if "Witnesska" in text]
    assert "killed, words withheld" in plain(section(page, "ranges"))


def test_markup_in_places_speakers_and_reasons_is_text(site):
    for name, text in site.items():
        if name.endswith(".html"):
            assert "<script>alert" not in text, name
    assert html.escape(MARKUP, quote=False).split("(")[0] in site["tolls.html"]


def test_figures_that_are_not_compared_say_why(page):
    assert "the figure is denied, not put forward" in plain(section(page, "left-out"))


def test_links_of_the_comparison_lead_somewhere_on_the_page(page):
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {target for target in re.findall(r'href="tolls\.html#([^"]+)"', page)} <= set(ids)


def test_nothing_is_summed_or_put_in_the_middle(page):
    told = plain(page[page.index('id="compared"') :]).replace("nothing is averaged", "")
    assert not re.search(r"\b(mean|median|average|sum)\b", told)
    assert not re.search(r"\b(37|39|19\.5|52|32)\b", told)


def test_many_contradicting_figures_are_numbered_and_not_all_written_out():
    ledger = Ledger.create(Path(":memory:"), key=None, case="t", entropy=seeded_entropy("x"))
    ledger.write((toll(f"T{n}", n, by=f"Office {n}", kind="official") for n in range(1, 81)), ACT)
    page = render_site(gather(ledger, title="Testabad"))["tolls.html"].decode("utf-8")
    ledger.close()
    told = plain(section(page, "conflicts-total"))
    assert "Figures of different origins (79 limits)" in told
    assert "and 39 more sets of figures" in told  # against «1» stand 79, of which 40 are written out
    assert "and 19 more limits, not written out here" in told
    assert len(page) < 2_000_000


def test_the_same_case_gives_the_same_bytes():
    made = []
    for _ in range(2):
        ledger = Ledger.create(Path(":memory:"), key=None, case="t", entropy=seeded_entropy("x"))
        ledger.write(drafts(), ACT)
        made.append(render_site(gather(ledger, title="Testabad")))
        ledger.close()
    assert made[0] == made[1]
