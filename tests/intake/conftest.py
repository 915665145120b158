"""Short ways to open a table in a test."""

from collections.abc import Callable
from typing import Any

import pytest

from esep.intake.mapping import NO_MAPPING, ColumnMapping
from esep.intake.reading import TableReading, open_table
from esep.intake.row import Context
from esep.ledger.claims import Draft

Open = Callable[..., TableReading]


@pytest.fixture
def opened() -> Open:
    """`opened(text, form)` opens CSV text (or bytes) as a table of a form, as if it were the file `made.csv`."""

    def open_it(
        content: str | bytes, form: str = "list", mapping: ColumnMapping = NO_MAPPING, **more: Any
    ) -> TableReading:
        given = content.encode() if isinstance(content, str) else content
        return open_table("made.csv", given, form=form, context=Context("made", mapping, **more))

    return open_it


@pytest.fixture
def drafted(opened: Open) -> Callable[..., tuple[Draft, ...]]:
    """`drafted(text, form)` gives the drafts; the test fails if a row was rejected."""

    def draft_it(*args: Any, **more: Any) -> tuple[Draft, ...]:
        drafts, report = opened(*args, **more).read()
        assert not report.rejected, report.text()
        return drafts

    return draft_it


@pytest.fixture
def reasons(opened: Open) -> Callable[..., list[str]]:
    """`reasons(text, form)` gives the reasons of all rejected rows."""

    def collect(*args: Any, **more: Any) -> list[str]:
        _, report = opened(*args, **more).read()
        return [reason for line in report.rejected for reason in line.reasons]

    return collect
