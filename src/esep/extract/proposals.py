"""What an extractor hands on: a proposal with its exact words, finer inner fields, and the outer format.

Inner fields are those of the extraction specification; `outer.toml` says once how each is named in the format that
`esep extract FILE --json` prints. A proposal's id is made where it is stored; `key()` gives the parts it is made of.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Span:
    """One place of a text with its role: number, hedge, unit, status, attribution, time, place, person, action ..."""

    role: str
    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, text: str, role: str, start: int, end: int) -> Span:
        """The span of a text, its quote taken from it."""
        return cls(role, start, end, text[start:end])


@dataclass(frozen=True)
class Proposal:
    """What a rule found at `text[start:end]` and no person has decided.

    `kind` is quantity, person, action, place, organisation, demand, statement or wanted; `value` the inner fields;
    `rule` the id of the
    rule that found it.
    """

    kind: str
    start: int
    end: int
    quote: str
    spans: tuple[Span, ...]
    value: Mapping[str, object]
    rule: str
    language: str

    def key(self, text_sha256: str) -> list[object]:
        """Parts of the id: hash of the text, kind, spans, value, rule id. The same reading gives the same key."""
        spans = [[span.role, span.start, span.end] for span in self.spans]
        return [text_sha256, self.kind, [self.start, self.end], spans, dict(self.value), self.rule]

    def outer(self, name: str) -> dict[str, object]:
        """The record of the outer format; `name` is the file."""
        record: dict[str, object] = {
            "doc": name,
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
        }
        for outer, inner in _mapping()[self.kind].items():
            record[outer] = self.value.get(inner)
        return record

    def inner(self) -> dict[str, object]:
        """Everything: the spans, the inner fields, the rule and the language."""
        spans = [{"role": s.role, "start": s.start, "end": s.end, "quote": s.quote} for s in self.spans]
        return {
            "kind": self.kind,
            "spans": spans,
            **dict(self.value),
            "extractor": {"name": "rules", "rule": self.rule},
            "language": self.language,
        }


@cache
def _mapping() -> dict[str, dict[str, str]]:
    """Outer field to inner field, by kind of proposal."""
    return tomllib.loads((files("esep.extract") / "outer.toml").read_text(encoding="utf-8"))
