"""A page a person or group: every published claim with its source and place, the history, and the disagreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from esep.publish.page import Page
from esep.publish.rules import Rules
from esep.publish.shown_people import Fact, ShownPerson
from esep.publish.view import View

_NOT_LISTED = ("status", "public_basis", "name", "other_name")


def pages(view: View, rules: Rules) -> Iterable[Page]:
    """One page for everybody who may be shown, and one short page for every older id, that leads there."""
    for person in view.people:
        values = {
            "person": person,
            "roots": len({view.sources[source].root for source in person.sources if source in view.sources}),
            "forms": list(_forms(person)),
            "facts": _by_heading(person),
            "basis": [fact for fact in person.facts if fact.prop == "public_basis"],
            "disclaimers": _disclaimers(view, person),
        }
        yield Page(person.path, person.title.text, "person.html", values)
    for old, new in view.old_ids.items():
        yield Page(f"people/{old}.html", f"{old} is now {new}", "moved.html", {"old": old, "new": new})


def _forms(person: ShownPerson) -> Iterator[tuple[object, list[Fact]]]:
    """Every written form of the name with the claims that state it."""
    for name in person.names:
        facts = [fact for fact in person.facts if fact.prop in ("name", "other_name") and fact.value]
        yield name, [fact for fact in facts if fact.value and fact.value.text == name.text]


def _by_heading(person: ShownPerson) -> dict[str, list[Fact]]:
    """Facts beside names and statuses, side by side under their headings; equal words of one source once."""
    found: dict[str, list[Fact]] = {}
    for fact in person.facts:
        if fact.prop not in _NOT_LISTED:
            found.setdefault(fact.heading, []).append(fact)
    return found


def _disclaimers(view: View, person: ShownPerson) -> list[tuple[str, str]]:
    """What sources of this page say about what they print."""
    cited = (view.sources[source] for source in person.sources if source in view.sources)
    return [(source.label, source.disclaimer) for source in cited if source.disclaimer]
