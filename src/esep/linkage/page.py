"""The report of a run as one HTML page that opens from disk: inline pictures, no script, nothing from outside.

It shows names and dates of the pairs in doubt, so that a person can judge them. It is no page for publication, and
says so at its top.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from esep.linkage import anatomy, pictures
from esep.linkage.anatomy import ListPair
from esep.linkage.records import Record

if TYPE_CHECKING:
    from esep.linkage.linkage import Link, Linkage

_FIELDS = (
    ("Name", "name"), ("Other names", "other_names"), ("Sex", "sex"), ("Age", "age"), ("Born", "birth_date"),
    ("Year of birth", "birth_year"), ("Date", "date"), ("Place", "place"), ("Occupation", "occupation"), ("Kin", "kin"),
)  # fmt: skip
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SHOWN_LISTS = 40
"""With more lists than this the square of lists is left out; their links stand in rows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One pair as the page shows it: both records side by side, probability and reasons."""

    left: str
    right: str
    probability: float
    rows: tuple[tuple[str, str, str], ...]
    reasons: tuple[str, ...]


def report_page(linkage: Linkage, *, title: str) -> str:
    """The page. Cost: goes through every key of every record once more, see `anatomy.blocks`."""
    template = _environment().get_template("report.html")
    html = template.render(title=title, policy=_POLICY, **_values(linkage))
    return "\n".join(line.rstrip() for line in html.splitlines() if line.strip()) + "\n"


def _values(linkage: Linkage) -> dict[str, Any]:
    records = {record.key: record for record in linkage.records}
    by_list = anatomy.links_by_list(linkage)
    fields = anatomy.weights(linkage)
    return {
        "summary": linkage.summary(),
        "settings": linkage.settings,
        "prior": linkage.run.prior,
        "blocks": anatomy.blocks(linkage),
        "fields": fields,
        "heaviest": pictures.largest([level.nats for field in fields for level in field.levels]),
        "bins": anatomy.probabilities(linkage),
        "by_list": by_list,
        "square": _square(by_list),
        "inside": [_shown(one, records) for one in anatomy.weakest_inside(linkage)],
        "between": [_shown(one, records) for one in anatomy.nearly_joined(linkage)],
        "evaluation": linkage.evaluation,
        "decided": {"same": len(linkage.run.rules.same), "different": len(linkage.run.rules.apart)},
    }


def _square(by_list: Sequence[ListPair]) -> list[tuple[str, list[ListPair]]] | None:
    """Rows of the table of lists by lists; None where there are too many."""
    names = sorted({name for one in by_list for name in one.lists})
    if len(names) > _SHOWN_LISTS:
        return None
    held = {one.lists: one for one in by_list}
    return [(one, [held[min(one, two), max(one, two)] for two in names]) for one in names]


def _shown(link: Link, records: Mapping[tuple[str, int], Record]) -> Shown:
    left, right = records[link.left], records[link.right]
    rows = tuple(
        (heading, *both)
        for heading, field in _FIELDS
        if any(both := (_said(getattr(left, field)), _said(getattr(right, field))))
    )
    return Shown(_label(left), _label(right), link.probability, rows, link.reasons)


def _said(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "; ".join(value)


def _label(record: Record) -> str:
    """List and row, or the id of a record of a case with its source."""
    return f"{record.list}, {record.record_id or f'row {record.row}'}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("esep.linkage"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        bar=pictures.bar, log_bar=pictures.log_bar, balance=pictures.balance, shade=pictures.shade
    )
    environment.filters.update(share=_share, thousands=lambda number: f"{number:,}")
    return environment


def _share(number: float | None) -> str:
    """A probability or score in words that never round doubt away: 0.9996 is «above 0.999»."""
    if number is None:
        return "nothing to count"
    if 0 < number < 0.001:
        return "below 0.001"
    return "above 0.999" if 0.999 < number < 1 else f"{number:.3f}"
