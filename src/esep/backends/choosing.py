"""Which back end a person asked for, opened. Raises `BackendLost` with what to do where it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from esep.errors import BackendLost

if TYPE_CHECKING:  # the extractors load on first use
    from esep.extract.answers import Backend

SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class BackendChoice:
    """A back end by name, with its model (a name for a server, else a folder), server address and patience."""

    name: str
    model: str | None = None
    server: str | None = None
    seconds: float = SECONDS


def open_backend(choice: BackendChoice) -> Backend:
    """The back end, ready to be asked. Raises `BackendLost`."""
    opener = _OPENERS.get(choice.name)
    if opener is None:
        raise BackendLost(f"there is no back end {choice.name!r}", hint=f"use {', '.join(NAMES)}")
    if choice.server and choice.name != "llm":
        raise BackendLost(f"the back end {choice.name} runs inside esep and has no server", hint="leave --server out")
    return opener(choice)


def _llm(choice: BackendChoice) -> Backend:
    from esep.backends.server import Server  # noqa: PLC0415 - only for those who ask for it

    if not choice.server or not choice.model:
        raise BackendLost(
            "the back end llm needs the address of a server on this machine and the name of a model",
            hint="--server http://127.0.0.1:8080 --model NAME",
        )
    return Server(choice.server, choice.model, seconds=choice.seconds)


def _slovnet(choice: BackendChoice) -> Backend:
    from esep.backends.slovnet_model import SlovnetModel  # noqa: PLC0415 - as above

    return SlovnetModel.load(Path(choice.model) if choice.model else None)


def _spacy(choice: BackendChoice) -> Backend:
    from esep.backends.spacy_model import SpacyModel  # noqa: PLC0415 - as above

    if not choice.model:
        raise BackendLost("the back end spacy needs the folder of a model", hint="--model FOLDER")
    return SpacyModel.load(Path(choice.model))


_OPENERS: Mapping[str, Callable[[BackendChoice], Backend]] = {"llm": _llm, "slovnet": _slovnet, "spacy": _spacy}
NAMES = tuple(_OPENERS)
