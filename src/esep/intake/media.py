"""Photographs, recordings and other files that are kept as they are: what they are, and whether they may be shown."""

from __future__ import annotations

from dataclasses import dataclass

from esep.intake.hostile import check_size
from esep.intake.kinds import kind_of
from esep.intake.limits import DEFAULT_LIMITS, Limits
from esep.intake.sandbox import parse_apart


@dataclass(frozen=True, slots=True)
class Media:
    """What a kept file is. `width` and `height` are pixels of a picture; `why_not` says why it is not previewed."""

    mime: str
    width: int | None = None
    height: int | None = None
    why_not: str = ""


def read_media(content: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Media:
    """Look at a file without decoding it. Raises `RefusedFile` for empty, oversized and huge-pixel files."""
    check_size(content, limits=limits)
    kind = kind_of(content)
    if not kind.mime.startswith("image/") or not kind.preview:
        return Media(kind.mime, why_not=kind.why_not)
    (found,) = parse_apart("image", content, limits=limits)
    if "broken" in found:
        return Media(kind.mime, why_not="stored as it is and not previewed: the picture cannot be read")
    return Media(kind.mime, found["width"], found["height"])
