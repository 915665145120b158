"""The report of a run as a page: everything the text says, names in plain view, nothing from outside."""

import json
import re
import stat
from html import unescape
from html.parser import HTMLParser

import pytest

from esep.case import link_files
from esep.linkage import Record, Settings, link
from esep.linkage.anatomy import blocks, links_by_list, probabilities, weights

PEOPLE = (  # invented
    ("Aigul Testova", "f", "34"), ("Yerlan Primerov", "m", "40"), ("Timur Vydumanov", "m", "27"),
    ("Roza Obraztsova", "f", "51"), ("Marat Nenastoyashy", "m", "63"), ("Dana Invented", "f", "19"),
)  # fmt: skip


def records():
    for row, (name, sex, age) in enumerate(PEOPLE, start=1):
        yield Record("union.csv", row, name=name, sex=sex, age=age, place="Primersk", truth=name)
    for row, (name, sex, age) in enumerate(PEOPLE[:4], start=1):
        yield Record("relatives.csv", row, name=name, sex=sex, age=age, place="Primersk", truth=name)
    yield Record("relatives.csv", 5, name="<b>Aigul & Testova</b>", sex="f", truth="Aigul Testova")


@pytest.fixture(scope="module")
def run():
    return link(list(records()), Settings(draws=20))


@pytest.fixture(scope="module")
def page(run):
    return run.page(title="<union> & relatives")


class Seen(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.addresses = set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href", "action", "data", "poster")]


def test_the_page_loads_nothing_and_runs_nothing(page):
    seen = Seen()
    seen.feed(page)
    assert not seen.addresses
    assert not seen.tags & {"script", "link", "iframe", "object", "img", "form"}
    assert "default-src 'none'" in unescape(page)
    assert not re.search(r"url\((?!#)|@import|https?:", page)


def test_it_says_first_that_it_is_not_for_publication(page):
    body = page[page.index("<body>") :]
    assert 0 < body.index("Not for publication") < body.index("<h1>")


def test_names_and_titles_are_text_and_never_markup(page):
    assert "&lt;b&gt;Aigul &amp; Testova&lt;/b&gt;" in page
    assert "<b>Aigul" not in page
    assert "&lt;union&gt; &amp; relatives" in page


def test_links_by_list_add_up_to_the_pairs_of_the_clusters(run):
    pairs = sum(len(one.members) * (len(one.members) - 1) // 2 for one in run.clusters)
    assert sum(one.joined for one in links_by_list(run)) == pairs
    assert [one.lists for one in links_by_list(run) if one.is_within] == [
        ("relatives.csv", "relatives.csv"), ("union.csv", "union.csv")]  # fmt: skip


def test_every_compared_pair_stands_in_one_class_of_probability(run):
    assert sum(one.pairs for one in probabilities(run)) == len(run.run.scored)


def test_every_compared_pair_has_one_level_of_each_field_or_is_not_stated(run):
    for field in weights(run):
        assert sum(level.pairs for level in field.levels) + field.not_stated == len(run.run.scored)


def test_pairs_by_key_are_empty_when_every_pair_was_compared(run):
    assert blocks(run) == ()
    keyed = blocks(link(list(records()), Settings(draws=2, all_pairs_up_to=0)))
    assert next(one for one in keyed if one.kind == "two words").pairs >= len(PEOPLE[:4])


def test_json_and_text_hold_the_same_numbers_as_the_page(run, page):
    told = json.loads(run.report_json())
    for one in filter(lambda one: one["joined"], told["links_by_list"]):
        assert f"{one['joined']} pairs joined" in run.text()
    for level in (level for field in told["weights"] for level in field["levels"]):
        assert f"{level['nats']:+.2f}" in page
    assert "F1" in page[page.index('id="evaluation"') :]


def test_only_the_owner_may_read_it_and_it_is_never_one_of_the_lists(tmp_path):
    from esep.errors import WrongUse

    lists = tmp_path / "a.csv", tmp_path / "b.csv"
    for path in lists:
        path.write_text("name,age\nAigul Testova,34\nTimur Vydumanov,27\n", encoding="utf-8")
    with pytest.raises(WrongUse, match="one of the lists"):
        link_files(lists, to=tmp_path / "out.csv", report=lists[0])
    linked = link_files(lists, to=tmp_path / "out.csv", report=tmp_path / "report.html")
    assert stat.S_IMODE((tmp_path / "report.html").stat().st_mode) == 0o600
    assert "not for publication" in linked.text()
