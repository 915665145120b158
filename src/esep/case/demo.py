"""The bundled case, built end to end with a fixed clock and seed: twice gives the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

from esep.case.case import Case
from esep.case.folder import is_case, make, open_folder
from esep.errors import EsepError, WrongUse
from esep.ledger.acts import seeded_entropy

CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
SEED = "zhanaozen"
TITLE = "Zhanaozen, December 2011"
BEGINS = "2011-05"
"""The strike began in May 2011: figures about 1989 and before stand apart."""

_ORDER = ("sources.csv", "tolls.csv", "events.csv", "persons.csv", "groups.csv", "claims.csv", "scopes.csv")


@dataclass(frozen=True)
class Demo:
    """What the demonstration left: the case, the site, and what came out, in words."""

    case: Path
    site: Path
    lines: tuple[str, ...]

    def text(self) -> str:
        """What came out."""
        return "\n".join(self.lines)


def build_demo(to: Path, *, say: Callable[[str], None] = lambda line: None) -> Demo:
    """Build the bundled case beside `to` and its site in `to`; an earlier demonstration there is replaced.

    Raises `WrongUse` if something else is in the way.
    """
    case_path = to.with_name(to.name + "-case")
    _clear(case_path)
    example = resources.files("esep") / "examples" / "zhanaozen"
    folder = make(
        case_path, title=TITLE, actor="demo", now=CLOCK, passphrase=None, begins=BEGINS, entropy=seeded_entropy(SEED)
    )
    lines: list[str] = []

    def tell(line: str) -> None:
        lines.append(line)
        say(line)

    with Case(folder) as case, resources.as_file(example) as files:
        tick = 0
        for name in _ORDER:
            if (files / name).is_file():
                tick += 1
                at = CLOCK + timedelta(minutes=tick)
                added = case.add(files / name, actor="demo", now=at, name=f"demo-{name.removesuffix('.csv')}")
                tell(added.report.text().splitlines()[0] if added.report else added.text())
        decided = case.decide(files / "decisions.jsonl", actor="demo", now=CLOCK + timedelta(minutes=tick + 2))
        tell(f"decisions.jsonl: {decided.text()}")
        case.publish(to)
        tell("")
        tell(case.count().text())
        checked = case.verify()
        tell("")
        tell(checked.text())
        if not checked.is_whole:
            raise EsepError("the case that was just built does not verify", hint="this is a fault of esep: report it")
    return Demo(case_path, to, tuple(lines))


def _clear(case_path: Path) -> None:
    """Take an earlier demonstration away; never anything else."""
    if not case_path.exists():
        return
    if not is_case(case_path):
        raise WrongUse(f"{case_path} is in the way and is no case", hint="name another folder: --to")
    folder = open_folder(case_path, passphrase=None)
    folder.ledger.close()
    if folder.settings.id != seeded_entropy(SEED)(8).hex():
        raise WrongUse(f"{case_path} is a case that esep demo did not make", hint="name another folder: --to")
    shutil.rmtree(case_path)
