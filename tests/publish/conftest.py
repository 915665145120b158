"""A small case of invented people, with things planted that may never be published."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from esep.ledger.acts import Act, seeded_entropy
from esep.ledger.claims import Draft
from esep.ledger.ledger import Ledger
from esep.publish.site import write_site
from esep.publish.view import View, gather

AT = datetime(2020, 5, 2, 12, tzinfo=UTC)
ACT = Act("recorder Rekordova", AT, "test")

CANARIES = (
    "Witnesska", "Свидетелова", "Kinova", "Judgeman", "Hiddenov", "Giverov", "555 01 02", "5550102", "kin@example.org",
    "XCANARY", "Rekordova", "relatives-of-testova", "Rawcell",
    "private-file-name",
)  # fmt: skip
"""Names of a witness, kin, a judge, a person without basis and a recorder; contacts; columns that nobody allowed."""

MARKUP = '<script>alert("n")</script>'
BASIS = {"basis": "already public", "reason": "named in a paper", "by": "recorder Rekordova"}


def status(word: str, **more: object) -> dict[str, object]:
    return {"status": word, "date": "2020-05-01", "place": "Testabad", **more}


def toll(low: int | None, high: int | None, hedge: str, **more: object) -> dict[str, object]:
    scope = {"place": "Testabad", "who": "all"}
    return {"status": "killed", "low": low, "high": high, "hedge": hedge, "scope": scope, "said_by": [], **more}


def _sources() -> Iterator[Draft]:
    yield Draft("source:PAPER", "title", '=HYPERLINK("http://evil.example")')
    yield Draft("source:PAPER", "publisher", "Testabad Paper")
    yield Draft("source:PAPER", "published", "2020-05-02")
    yield Draft("source:PAPER", "url", "https://paper.example/1 (described)")
    yield Draft("source:COPY", "title", "The same again")
    yield Draft("source:COPY", "publisher", "Copy House")
    yield Draft("source:COPY", "reprint_of", "source:PAPER")
    yield Draft("source:relatives-of-testova", "title", "Testimony of Saule Witnesska")
    yield Draft("source:relatives-of-testova", "import", {"rejected": [{"cells": {"name": "Rawcell"}}]})
    yield Draft("source:private-file-name-0abc", "file", {"name": "private-file-name.pdf"})
    yield Draft("source:private-file-name-0abc", "publisher", "A Publisher")
    yield Draft("source:SCRIPT", "title", "Script")
    yield Draft("source:SCRIPT", "publisher", "Other House")
    yield Draft("source:SCRIPT", "url", "javascript:alert(1)")


def _shown() -> Iterator[Draft]:
    paper = {"source": "source:PAPER"}
    cell = ({"role": "cell", "row": 7, "column": "name"},)
    yield Draft("person:A1", "name", "Aigul Testova", lang="en", locator=cell, **paper)
    yield Draft("person:A1", "status", status("injured"), **paper)
    yield Draft("person:A1", "birth_year", 1990, **paper)
    yield Draft("person:A1", "circumstance", "found by Saule Witnesska", **paper)
    yield Draft("person:A1", "outcome", "taken to hospital", **paper)
    yield Draft("person:A1", "x:private note", "XCANARY", **paper)
    yield Draft("person:A1", "protected:phone", "+7 700 555 01 02", **paper)
    yield Draft("person:A1", "protected:giver", "Giverov Timur", **paper)
    yield Draft("person:A1", "public_basis", BASIS, **paper)
    yield Draft(
        "person:relatives-of-testova/2", "name", "Айгүл Тестова", lang="kk", source="source:relatives-of-testova"
    )
    yield Draft("person:relatives-of-testova/2", "other_name", "أيغول", lang="ar", source="source:COPY")
    yield Draft("person:relatives-of-testova/2", "status", status("killed", date="2020-05-03"), source="source:COPY")
    yield Draft("person:relatives-of-testova/2", "birth_year", 1991, source="source:COPY")
    yield Draft("person:relatives-of-testova/2", "age", None, state="unknown", source="source:COPY")
    yield Draft("person:M1", "name", MARKUP, **paper)
    yield Draft("person:M1", "status", status("detained"), **paper)
    yield Draft("person:M1", "public_basis", BASIS, **paper)
    yield Draft("group:G1", "description", "three young men", **paper)
    yield Draft("group:G1", "count", {"low": 3, "high": 3}, **paper)
    yield Draft("group:G1", "status", status("killed"), **paper)
    yield Draft("group:G1", "public_basis", BASIS, **paper)
    yield Draft(
        "person:A1", "same", {"reason": "same age and day", "at": "2020-05-03"}, target="person:relatives-of-testova/2"
    )


def _hidden() -> Iterator[Draft]:
    yield Draft("person:H1", "name", "Nurlan Hiddenov")
    yield Draft("person:H1", "status", status("detained"))
    yield Draft("person:W1", "name", "Saule Witnesska")
    yield Draft("person:W1", "other_name", "Сауле Свидетелова")
    yield Draft("person:W1", "role", "witness")
    yield Draft("person:W1", "status", status("injured"))
    yield Draft("person:W1", "public_basis", BASIS)
    yield Draft("person:K1", "name", "Dana Kinova")
    yield Draft("person:K1", "role", "relative")
    yield Draft("person:K1", "protected:email", "kin@example.org")
    yield Draft("person:J1", "name", "Judge Judgeman")
    yield Draft("person:J1", "role", "judge")


def _figures() -> Iterator[Draft]:
    witness = {"said_by": ["Saule Witnesska"], "speaker_kind": "witness"}
    ministry = {"said_by": ["Minister Ministrov"], "speaker_kind": "official"}
    said = {
        "T1": toll(22, 22, "exact", as_of="2020-05-01", **witness),
        "T2": toll(70, 70, "exact", as_of="2020-05-02", **witness),
        "T3": toll(101, None, "more_than", as_of="2020-05-03", **witness),
        "T4": toll(17, None, "at_least", as_of="2020-05-03", **ministry),
        "T5": toll(None, 50, "up_to", published="2020-06-01", said_by=["The Party"], speaker_kind="party"),
        "T6": toll(7, 20, "range", as_of="2020-05-01"),
        "T7": toll(None, None, "unquantified", as_of="2020-05-01"),
        "T8": toll(55, 55, "exact", as_of="2020-05-03", polarity="denied", **ministry),
        "T9": toll(1500, 1500, "exact", status="troops_deployed"),
    }
    yield Draft("toll:relatives-of-testova/9", "toll", toll(3, 3, "exact", status="injured"), source="source:PAPER")
    for name, value in said.items():
        yield Draft(f"toll:{name}", "toll", value, source="source:COPY" if name == "T3" else "source:PAPER")


def _events() -> Iterator[Draft]:
    entries = {
        "E1": ("single", "2020-05-01", "shooting", "shots on the square", "police"),
        "E2": ("series", "2020-05-04/2020-05-09", "picket", "daily pickets", "residents"),
        "E3": ("umbrella", "2020-05", "protest", "a wave of protests", "residents"),
        "E4": ("planned", "2020-06-01", "rally", "a rally is announced", "residents"),
        "E5": ("single", None, "statement", "a statement nobody dates", "ministry"),
        "E6": ("single", "2020-05-02", "arson", "a building burns", "Aigul Testova"),
        "E7": ("single", "2020-05-05", "testimony", "Dana Kinova speaks", "court"),
    }
    for name, (entry, day, kind, summary, actor) in entries.items():
        about = {"source": "source:PAPER"}
        yield Draft(f"event:{name}", "type", kind, **about)
        yield Draft(f"event:{name}", "entry", entry, **about)
        yield Draft(f"event:{name}", "summary", summary, **about)
        yield Draft(f"event:{name}", "actor", actor, **about)
        if day:
            yield Draft(f"event:{name}", "when", {"date": day}, **about)


def make_ledger() -> Ledger:
    ledger = Ledger.create(Path(":memory:"), key=None, case="t", entropy=seeded_entropy("x"))
    for drafts in (_sources(), _shown(), _hidden(), _figures(), _events()):
        ledger.write(drafts, ACT)
    return ledger


@pytest.fixture(scope="session")
def ledger() -> Iterator[Ledger]:
    made = make_ledger()
    yield made
    made.close()


@pytest.fixture(scope="session")
def view(ledger: Ledger) -> View:
    return gather(ledger, title="Testabad 2020")


@pytest.fixture(scope="session")
def site(view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(view, tmp_path_factory.mktemp("out") / "site").folder


@pytest.fixture(scope="session")
def texts(site: Path) -> dict[str, str]:
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in files}
