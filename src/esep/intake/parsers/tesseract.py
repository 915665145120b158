"""One picture through tesseract: its words with their boxes and how sure it was of each.

Tesseract is a program of its own, run from inside the walls: it gets the picture on standard input, answers on
standard output, opens no file for writing and lives under the same limits as its parent.
"""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
from dataclasses import dataclass

from PIL import Image

from esep.errors import RefusedFile

_WORD_LEVEL = "5"
_SAUVOLA = ("-c", "thresholding_method=2")  # a threshold for each neighbourhood: noise on empty paper stays paper


@dataclass(frozen=True, slots=True)
class Seen:
    """One word as tesseract saw it: box in pixels of the picture, confidence 0 to 100, number of its line."""

    text: str
    x: int
    y: int
    width: int
    height: int
    confidence: int
    paragraph: tuple[int, int]
    line: int


def words_in(picture: Image.Image, *, program: str, languages: str, dpi: int) -> list[Seen]:
    """Words of an upright picture in reading order. Raises `RefusedFile` when tesseract gives up."""
    answer = _run(picture, program, ("--dpi", str(dpi), "-l", languages, *_SAUVOLA, "tsv"))
    rows = csv.DictReader(io.StringIO(answer), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [_seen(row) for row in rows if row["level"] == _WORD_LEVEL and row["text"].strip()]


def turn_of(picture: Image.Image, *, program: str, dpi: int) -> tuple[int, float]:
    """Degrees by which to turn a picture clockwise until it stands upright, and how sure that is.

    (0, 0.0) when tesseract cannot say: too few letters, or its data for orientation are not installed.
    """
    try:
        answer = _run(picture, program, ("--dpi", str(dpi), "--psm", "0"))
    except RefusedFile:
        return 0, 0.0
    turn = re.search(r"^Rotate: (\d+)", answer, re.MULTILINE)
    sure = re.search(r"^Orientation confidence: ([\d.]+)", answer, re.MULTILINE)
    return (int(turn[1]) % 360, float(sure[1])) if turn and sure else (0, 0.0)


def _run(picture: Image.Image, program: str, options: tuple[str, ...]) -> str:
    packed = io.BytesIO()
    picture.save(packed, "PNG", compress_level=1)
    done = subprocess.run(  # noqa: S603 - the program that the parent found, with our own options
        [program, "stdin", "stdout", *options],
        input=packed.getvalue(),
        capture_output=True,
        check=False,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # more threads are slower, and the limit of time counts them all
    )
    if done.returncode in (-9, -24):  # SIGKILL, SIGXCPU
        raise RefusedFile("reading the page took too long and was stopped", hint="try a smaller or cleaner copy")
    if done.returncode != 0:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        reason = told[-1][:200] if told else f"it ended with {done.returncode}"
        raise RefusedFile(f"tesseract could not read the picture: {reason}", hint="try a smaller or cleaner copy")
    return done.stdout.decode("utf-8", errors="replace")


def _seen(row: dict[str, str]) -> Seen:
    x, y, width, height = (int(row[side]) for side in ("left", "top", "width", "height"))
    paragraph = int(row["block_num"]), int(row["par_num"])
    confidence = max(0, min(100, int(float(row["conf"]))))
    return Seen(row["text"].strip(), x, y, width, height, confidence, paragraph, int(row["line_num"]))
