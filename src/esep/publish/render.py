"""From pages to bytes: Jinja2 templates with autoescape, one environment, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from esep.publish.page import Page
from esep.publish.pages import MENU, PAGES
from esep.publish.view import View
from esep.publish.words import label, slug, words

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'none'; "
    "base-uri 'none'; form-action 'none'"
)
ASSETS = ("site.css", "fold.js", "search.js")


def render_site(view: View) -> dict[str, bytes]:
    """Every file of the site but the manifest, by path."""
    site = {page.path: render(page, view) for make in PAGES for page in make(view, view.rules)}
    for name in ASSETS:
        site[f"assets/{name}"] = (files("esep.publish") / "assets" / name).read_bytes()
    return dict(sorted(site.items()))


def render(page: Page, view: View) -> bytes:
    """The bytes of one page."""
    if page.template is None:
        return page.text.encode()
    template = _environment().get_template(page.template)
    shared = {"view": view, "page": page, "root": page.root, "menu": MENU, "csp": CSP}
    html = template.render(**shared, **page.values)
    return (_without_blank_lines(html.splitlines()) + "\n").encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("esep.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(label=label, slug=slug, words=words)
    return environment


def _without_blank_lines(lines: Iterable[str]) -> str:
    return "\n".join(line.rstrip() for line in lines if line.strip())
