"""Every page is well-formed, keeps to its policy, and leads nowhere that does not exist."""

import posixpath
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag

from esep.publish.render import CSP

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_LOADS = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "object": "data",
    "use": "href",
}


class Strict(HTMLParser):
    """Checks that tags balance, ids are given once, and attributes are not repeated; collects links and loads."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.ids, self.links, self.loads, self.inline = [], [], set(), [], [], []

    def handle_starttag(self, tag, attrs):
        self._note(tag, attrs)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self._note(tag, attrs)
        if tag not in (*_VOID, "line", "circle", "path"):
            self.faults.append(f"<{tag}/>")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def _note(self, tag, attrs):
        names = [name for name, _ in attrs]
        values = dict(attrs)
        if len(set(names)) != len(names):
            self.faults.append(f"{tag} has an attribute twice")
        if "id" in values:
            if values["id"] in self.ids or not values["id"] or " " in values["id"]:
                self.faults.append(f"id {values['id']!r}")
            self.ids.add(values["id"])
        self.inline += [name for name in names if name == "style" or name.startswith("on")]
        if tag in ("script", "style") and "src" not in values:
            self.inline.append(tag)
        if tag == "a":
            self.links.append(values.get("href", ""))
        if tag in _LOADS:
            self.loads.append(values.get(_LOADS[tag], ""))


def _pages(texts):
    for path, text in texts.items():
        if path.endswith(".html"):
            parser = Strict()
            parser.feed(text)
            parser.close()
            yield path, text, parser


def test_every_page_is_well_formed(texts):
    for path, text, parser in _pages(texts):
        assert text.startswith("<!DOCTYPE html>\n<html lang="), path
        assert (parser.faults, parser.open) == ([], []), path


def test_every_page_has_the_policy_and_nothing_inline(texts):
    for path, text, parser in _pages(texts):
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
        assert policy.replace("&#39;", "'") == CSP, path
        assert parser.inline == [], path
        assert text.index("Content-Security-Policy") < text.index("<link"), path


def test_nothing_is_loaded_from_outside(texts):
    for path, text, parser in _pages(texts):
        assert all(re.fullmatch(r"(\.\./)*assets/[\w.-]+", load) for load in parser.loads), path
        assert "url(" not in text, path
    assert "url(" not in texts["assets/site.css"]
    assert "@import" not in texts["assets/site.css"]
    scripts = "".join(text for path, text in texts.items() if path.endswith(".js"))
    assert not re.search(r"fetch\(|XMLHttpRequest|WebSocket|import\(|sendBeacon|innerHTML|eval\(", scripts)


def test_every_link_inside_the_site_leads_to_a_place_that_exists(texts):
    ids = {path: parser.ids for path, _, parser in _pages(texts)}
    for path, _, parser in _pages(texts):
        for link in parser.links:
            if link.startswith(("http://", "https://")):
                continue
            target, fragment = urldefrag(link)
            where = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target))) if target else path
            assert where in texts, (path, link)
            assert not fragment or fragment in ids[where], (path, link)


def test_every_page_has_one_heading_and_a_title(texts):
    for path, text, _ in _pages(texts):
        assert text.count("<h1>") == 1, path
        assert re.search(r"<title>[^<]+ · Testabad 2020</title>", text), path


def test_the_list_of_people_is_readable_without_a_script(texts):
    assert "three young men" in texts["people.html"]
    assert '<div id="search" class="search" hidden>' in texts["people.html"]


def test_lines_end_the_same_way_and_carry_no_time_of_writing(texts):
    assert all("\r" not in text and text.endswith("\n") for text in texts.values())
