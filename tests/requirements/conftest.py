"""Cases made for the requirement checks: facts of the founding documents that stand in the repository's example."""

from datetime import UTC, datetime

import pytest

from esep.case import create_case
from esep.ledger.acts import seeded_entropy

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def case(tmp_path):
    """An empty plain case."""
    with create_case(
        tmp_path / "case", title="t", actor="Recorder", now=NOW, passphrase=None, begins="2011-05",
        entropy=seeded_entropy("requirements"),
    ) as made:  # fmt: skip
        yield made


@pytest.fixture
def add(case, tmp_path):
    """Add a table written as text; returns what became of it."""
    ticks = iter(range(1, 1000))

    def added(text: str, *, form: str | None = None, name: str | None = None, file: str = "table.csv", **more):
        path = tmp_path / file
        path.write_text(text, encoding="utf-8", newline="")
        return case.add(path, actor="Recorder", now=NOW.replace(day=1 + next(ticks)), form=form, name=name, **more)

    return added


@pytest.fixture
def decide(case, tmp_path):
    """Record decision lines."""

    def decided(*lines: str):
        (tmp_path / "decisions.jsonl").write_text("\n".join(lines), encoding="utf-8")
        return case.decide(tmp_path / "decisions.jsonl", actor="Reviewer", now=NOW.replace(month=3))

    return decided
