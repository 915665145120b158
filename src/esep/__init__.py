"""Casualty recording: every report kept, every person counted once, every number answerable to its words.

`esep.open(path)` opens a case; see `esep.case.Case` for its verbs. Heavy libraries load on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from esep.case import create_case as create
    from esep.case import open_case as open

__all__ = ["create", "open"]
__version__ = "0.1.0"

_PUBLIC = {"open": "open_case", "create": "create_case"}


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        from esep import case  # noqa: PLC0415 - keeps `import esep` fast

        return getattr(case, _PUBLIC[name])
    raise AttributeError(f"module 'esep' has no attribute {name!r}")
