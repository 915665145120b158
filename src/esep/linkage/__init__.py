"""Records in, links and clusters out.

`link` proposes which records of several lists are one person's, says why and how sure, and draws whole answers
for estimation; `extend` does so when a list is added later. It knows no ledger and no file, and it joins nobody.
Heavy libraries load when it is called.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from esep.linkage.records import Decided, Record
from esep.linkage.settings import Settings

if TYPE_CHECKING:
    from esep.linkage.adding import extend
    from esep.linkage.linkage import Linkage, link

__all__ = ["Decided", "Linkage", "Record", "Settings", "extend", "link"]


def __getattr__(name: str) -> Any:
    """Load Splink, DuckDB and Numba only when something is linked."""
    if name == "extend":
        return import_module("esep.linkage.adding").extend
    if name in ("Linkage", "link"):
        return getattr(import_module("esep.linkage.linkage"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
