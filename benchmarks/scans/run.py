"""Made pages through tesseract: characters wrong, numbers wrong, and whether a wrong number was marked.

python -m benchmarks.scans.run      two fonts by four kinds of damage, some seconds of processor time a page

Targets: at most 1.5 % of characters wrong and every number right on the page of the test (150 dpi, noise 25, blur
0.6); no wrong number without a mark on any page. The pages are made, not scanned: real paper is worse.
"""

from __future__ import annotations

import re
import resource
from collections import Counter

from rapidfuzz.distance import Levenshtein
from tests.intake import scanned_pages
from tests.intake.scanned_pages import FOUR, page, png

from esep.intake.limits import DEFAULT_LIMITS
from esep.intake.ocr import find_reader
from esep.intake.parsers.scan import parse

FONTS = ("NotoSerif-Regular", "NotoSans-Regular")
DAMAGE = (
    {"grain": 25.0, "blur": 0.6},
    {"grain": 35.0, "blur": 0.7},
    {"grain": 25.0, "blur": 0.6, "skew": 0.7},
    {"grain": 15.0, "blur": 1.0},
)


def flat(text: str) -> str:
    return " ".join(text.split())


def cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measured(content: bytes) -> dict[str, float]:
    reader = find_reader()
    begin = cpu_seconds()
    (found,) = parse(
        content, limits=DEFAULT_LIMITS, program=reader.program, languages="+".join(reader.languages), is_free=True
    )
    words = found["words"]
    text = " ".join(word[0] for word in words)
    right, read = (Counter(re.findall(r"\d+", t)) for t in (FOUR, text))
    strange = read - right
    unmarked = sum(any(n in strange for n in re.findall(r"\d+", word[0])) and not word[-1] for word in words)
    marked = sum(bool(word[-1]) for word in words)
    return {
        "characters_wrong_percent": 100 * Levenshtein.distance(flat(text), flat(FOUR)) / len(flat(FOUR)),
        "numbers_lost": sum((right - read).values()),
        "numbers_strange": sum(strange.values()),
        "strange_without_mark": unmarked,
        "marks": marked,
        "cpu_seconds": cpu_seconds() - begin,
    }


def main() -> None:
    numbers = len(re.findall(r"\d+", FOUR))
    print(f"{numbers} numbers a page")
    for font in FONTS:
        scanned_pages.FONT = f"/usr/share/fonts/truetype/noto/{font}.ttf"
        for seed, damage in enumerate(DAMAGE, start=1):
            told = measured(png(page(**damage, seed=seed)))
            print(font, damage, " ".join(f"{name}={value:.2f}".rstrip("0").rstrip(".") for name, value in told.items()))


if __name__ == "__main__":
    main()
