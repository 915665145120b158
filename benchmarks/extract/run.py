"""Precision and recall of extraction by kind and language: `python benchmarks/extract/run.py [--misses]`."""

import resource
import sys
import time
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
import document_003  # noqa: E402 - stands beside this file

import counts  # noqa: E402 - stands beside this file

SETS = ("", "second/", "third/", "fourth/", "fifth/", "sixth/")


def lines(name: str) -> list[tuple[str, list[str]]]:
    """Sentences of a file with their gold pieces as written."""
    text = (HERE / "sentences" / f"{name}.txt").read_text(encoding="utf-8")
    rows = [line.partition("||") for line in text.splitlines() if line and not line.startswith("#")]
    return [
        (sentence.strip(), [piece.strip() for piece in gold.split(";") if piece.strip()]) for sentence, _, gold in rows
    ]


def people(*, misses: bool) -> None:
    """Names found, and statuses right, by language."""
    from esep.extract import extract_text
    from esep.extract.language import language_of

    tally: dict[str, list[int]] = defaultdict(lambda: [0] * 6)
    for sentence, pieces in lines("people"):
        row = tally[language_of(sentence)]
        found = {
            p.value["name"]: set(p.value["status"] or ()) for p in extract_text(sentence, name="s").of_kind("person")
        }
        gold = {piece.partition("=")[0]: set(filter(None, piece.partition("=")[2].split(","))) for piece in pieces}
        row[0] += len(found.keys() & gold.keys())
        row[1] += len(gold)
        row[2] += len(found)
        row[3] += sum(len(found[name] & gold.get(name, set())) for name in found)
        row[4] += sum(map(len, gold.values()))
        row[5] += sum(map(len, found.values()))
        if misses and found != gold:
            print(f"  people: {sentence}\n      gold {gold}\n      found {found}")
    for language, (names, wanted, shown, right, fates, stated) in tally.items():
        print(
            f"people {language}: names {names}/{wanted}, of {shown} shown; statuses {right}/{fates}, of {stated} shown"
        )


def actions(*, misses: bool) -> None:
    """Actions right in date, city, kind and entry, by language."""
    from esep.extract import extract_text
    from esep.extract.language import language_of

    tally: dict[str, list[int]] = defaultdict(lambda: [0] * 3)
    for sentence, pieces in lines("actions"):
        rows = [p.value for p in extract_text(sentence, name="s", published="2019-06-30").of_kind("action")]
        found = [f"{v['date'] or '-'} {(v['city'] or '-').replace(' ', '_')} {v['action']} {v['entry']}" for v in rows]
        row = tally[language_of(sentence)]
        row[0] += len(set(found) & set(pieces))
        row[1] += len(pieces)
        row[2] += len(found)
        if misses and set(found) != set(pieces):
            print(f"  actions: {sentence}\n      gold {pieces}\n      found {found}")
    for language, (right, wanted, shown) in tally.items():
        print(f"actions {language}: right {right}/{wanted}, of {shown} shown")


def main() -> None:
    misses = "--misses" in sys.argv
    begin = time.perf_counter()
    from esep.extract import extract_text

    for sentence in (
        "One man died in Aktau.",
        "В Актау погиб один человек.",
        "Загинув один чоловік.",
        "Бір адам қаза тапты.",
    ):
        extract_text(sentence, name="warm")
    print(f"load: {time.perf_counter() - begin:.2f} s")
    names = [folder + language for folder in SETS for language in ("en", "ru", "uk", "kk")]
    for name in (*names, "bare"):
        measures = counts.score(name, misses=misses)
        shown = "  ".join(f"{m} {right}/{of} = {right / max(1, of):.2f}" for m, (right, of) in measures.items())
        print(f"{name} ({len(counts.cases(name))} sentences): {shown}")
    people(misses=misses)
    actions(misses=misses)
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
    sys.argv[1:2] = [str(HERE.parents[2] / "shared"), *sys.argv[1:2]]
    document_003.main()
