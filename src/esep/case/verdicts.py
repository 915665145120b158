"""Answers as people write them: same, different, unsure, in English, Russian or Kazakh (`words/verdicts.csv`)."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import cast

from esep.linkage.records import Verdict


def verdict_of(text: str) -> Verdict | None:
    """The answer that a word or a key means, None for anything else."""
    return _words().get(_folded(text))


@cache
def _words() -> dict[str, Verdict]:
    text = files("esep.case").joinpath("words", "verdicts.csv").read_text("utf-8")
    return {
        _folded(word): cast("Verdict", row["verdict"])
        for row in csv.DictReader(text.splitlines())
        for word in (*row["key"].split(";"), *row["words"].split(";"))
    }


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split()).rstrip(".!")
