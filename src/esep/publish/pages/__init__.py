"""One file a page, and the registry that lists them.

A page maker is a function `pages(view, rules) -> Iterable[Page]`. To add a page to every site, write its file here and
name it in `PAGES` (and in `MENU`, if readers should find it there). Inferred numbers of people have a page of their
own: they never share a column or a file with documented counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from esep.publish.page import Page
from esep.publish.pages import (
    chronology,
    corrections,
    counts,
    downloads,
    estimate,
    front,
    method,
    people,
    person,
    sources,
    tolls,
)
from esep.publish.rules import Rules
from esep.publish.view import View

PageMaker = Callable[[View, Rules], Iterable[Page]]

PAGES: tuple[PageMaker, ...] = (
    front.pages,
    people.pages,
    person.pages,
    counts.pages,
    tolls.pages,
    estimate.pages,
    chronology.pages,
    sources.pages,
    method.pages,
    downloads.pages,
    corrections.pages,
)

MENU = (
    ("index.html", "Overview"),
    ("people.html", "People"),
    ("tolls.html", "Numbers"),
    ("estimate.html", "Estimates"),
    ("chronology.html", "Chronology"),
    ("sources.html", "Sources"),
    ("method.html", "Method"),
    ("downloads.html", "Downloads"),
    ("corrections.html", "Report an error"),
)
