"""How much of a strange file esep is willing to look at: one place, with units."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one file. A file that passes any of them is refused whole, with the cap named in the reason.

    Sizes are bytes, times are seconds, the rest are numbers of things. `ratio` is unpacked to packed size
    and is asked only of members over `ratio_from_bytes`, since a small sparse sheet may shrink a hundredfold.
    """

    file_bytes: int = 500 * MEBIBYTE
    unpacked_bytes: int = 512 * MEBIBYTE
    ratio: int = 100
    ratio_from_bytes: int = 8 * MEBIBYTE
    members: int = 5_000
    rows: int = 2_000_000
    columns: int = 500
    empty_rows: int = 10_000
    cell_chars: int = 100_000
    pages: int = 10_000
    text_chars: int = 50_000_000
    pixels: int = 60_000_000
    scanned_pages: int = 1_000
    memory_bytes: int = 1024 * MEBIBYTE
    cpu_seconds: int = 60
    wall_seconds: int = 120
    output_bytes: int = 256 * MEBIBYTE


DEFAULT_LIMITS = Limits()
