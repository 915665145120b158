"""What a page maker yields: a page to be rendered, or a file to be written as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Page:
    """One file of the site. `template` None: `text` is the whole file; else `values` fill the template."""

    path: str
    title: str = ""
    template: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""

    @property
    def root(self) -> str:
        """Way from this page to the folder of the site: "" or "../"."""
        return "../" * self.path.count("/")
