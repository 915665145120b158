"""What a back end answers, and what a back end is. Back ends themselves live in `backends/`; nothing here talks to one.

A back end is asked about one window of text at a time and answers with quotes. Its answers are no proposals: each is
grounded first (`grounding`), and most that can go wrong with a model goes wrong there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

AnswerKind = Literal["quantity", "person", "place", "organisation"]
KINDS: tuple[AnswerKind, ...] = ("quantity", "person", "place", "organisation")


@dataclass(frozen=True, slots=True)
class Proposer:
    """Who proposes: back end, model, version of the model as far as it is known, hash of the prompt if there is one."""

    backend: str
    model: str
    version: str
    prompt_sha256: str | None = None

    def json(self) -> dict[str, str | None]:
        """The object that stands in each proposal."""
        told = {"backend": self.backend, "model": self.model, "version": self.version}
        return {**told, "prompt_sha256": self.prompt_sha256}

    @property
    def rule(self) -> str:
        """What stands in the place of a rule's id."""
        prompt = f"/{self.prompt_sha256[:12]}" if self.prompt_sha256 else ""
        return f"{self.backend}/{self.model}/{self.version[:16]}{prompt}"


@dataclass(frozen=True)
class Answer:
    """One answer, not yet believed: kind, the words it says it found, finer fields, and where, if it says so."""

    kind: str
    quote: str
    fields: Mapping[str, object] = field(default_factory=dict)
    at: int | None = None


@dataclass(frozen=True)
class Answers:
    """What came back for one window; `malformed` counts items that are no answer at all."""

    found: tuple[Answer, ...] = ()
    malformed: int = 0


class Backend(Protocol):
    """A back end. `languages` are those it is to be asked in; None for all."""

    @property
    def proposer(self) -> Proposer: ...
    @property
    def languages(self) -> frozenset[str] | None: ...
    def ask(self, window: str, *, language: str) -> Answers:
        """Answers for one window of text. Raises `BackendFault`; `BackendLost` when asking again is no use."""
        ...
