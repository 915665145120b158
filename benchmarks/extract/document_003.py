"""Extraction of document 003 against one reader's gold: `python benchmarks/extract/document_003.py FOLDER [--misses]`.

FOLDER holds `seeds/003_fc4ab8a24656034a.txt` and `data/document-003-gold.json`; without them this says so and stops.
"""

import json
import resource
import sys
import time
from pathlib import Path

from esep.extract import extract_text


def overlaps(found: dict, gold: dict) -> bool:
    return found["start"] < gold["end"] and gold["start"] < found["end"]


def quantities(found: list[dict], gold: list[dict], *, misses: bool) -> str:
    """Category and bounds right, by one gold item each; optional items are forgiven."""
    used: set[int] = set()
    right = core = 0
    for item in sorted(gold, key=lambda g: g["tier"] != "core"):
        pairs = [(item["low"], item["high"]), *map(tuple, item.get("accept") or [])]
        kinds = [item["category"], *(item.get("accept_categories") or [])]
        fit = [
            i
            for i, f in enumerate(found)
            if i not in used and overlaps(f, item) and f["category"] in kinds and (f["low"], f["high"]) in pairs
        ]
        core += item["tier"] == "core"
        if fit:
            used.add(fit[0])
            right += item["tier"] == "core"
        elif item["tier"] == "core" and misses:
            print("  missed", item["quote"])
    loose = [
        f
        for i, f in enumerate(found)
        if i not in used and not any(overlaps(f, g) for g in gold if g["tier"] == "optional")
    ]
    for f in loose if misses else ():
        print("  extra", f["quote"], f["category"], f["low"], f["high"])
    kept = len(found) - len(loose)
    return f"recall {right}/{core} = {right / core:.2f}  precision {kept}/{len(found)} = {kept / len(found):.2f}"


def persons(found: list[dict], gold: list[dict], *, misses: bool) -> str:
    """A person of the gold is found if one mention is; a status is right if that person has it there."""
    core = [g for g in gold if g["tier"] == "core"]
    hit = [g for g in core if any(overlaps(f, m) for f in found for m in g["mentions"])]
    named = [f for f in found if any(overlaps(f, m) for g in gold for m in g["mentions"])]
    stated = [(f, s) for f in found for s in f["status"] or []]
    allowed = {
        id(f): {s["status"] for g in gold for s in g["statuses"] if any(overlaps(f, m) for m in g["mentions"])}
        for f in found
    }
    also = {
        id(f): {s for g in gold for s in g.get("accept_statuses") or [] if any(overlaps(f, m) for m in g["mentions"])}
        for f in found
    }
    right = [(f, s) for f, s in stated if s in allowed[id(f)] | also[id(f)]]
    if misses:
        print(
            "  missed",
            [g["canonical"] for g in core if g not in hit],
            "extra",
            [f["quote"] for f in found if f not in named],
        )
    return (
        f"recall {len(hit)}/{len(core)}  precision {len(named)}/{len(found)}  statuses right {len(right)}/{len(stated)}"
    )


ALIAS = {"kyiv": "kiev", "odesa": "odessa", "luleå": "lulea", "köln": "cologne"}
ROWS = (
    ("2011-12-18", "Tel Aviv"),
    ("2011-12-16", "Moscow"),
    ("2011-12-17", "Moscow"),
    ("2011-12-17", "Saint Petersburg"),
    ("2011-12-16", "Kiev"),
    ("2011-12-16", "Odessa"),
    ("2011-12-16", "Aachen"),
    (None, "Dublin"),
    ("2011-12-16", "Stockholm"),
    ("2011-12-16", "Gothenburg"),
    ("2011-12-16", "Lulea"),
    (None, "Brussels"),
    (None, "London"),
    ("2011-12-16", "Berlin"),
    (None, "Graz"),
    (None, "Vienna"),
    ("2011-12-20", "Cologne"),
    ("2011-12-20", "Berlin"),
    ("2011-12-21", "Hong Kong"),
    ("2011-12-21", "Moscow"),
    ("2011-12-23", "Moscow"),
    ("2011-12-16/2011-12-25", "Moscow"),
)


def chronology(found: list[dict], *, misses: bool) -> str:
    """City and date of the world-wide chronology, one row a city and day."""
    here = [f for f in found if 7300 <= f["start"] < 16520 and f["city"]]
    rows = {(f["date"], ALIAS.get(f["city"].lower(), f["city"].lower())) for f in here if f["entry"] != "plan"}
    wanted = {(date, city.lower()) for date, city in ROWS}
    if misses:
        print("  missed", sorted(map(str, wanted - rows)), "extra", sorted(map(str, rows - wanted)))
    return f"rows right {len(rows & wanted)}/{len(wanted)}  wrong {len(rows - wanted)}"


def roles(found: list[dict], gold: list[dict]) -> str:
    """Target and organiser of the world-wide chronology: right when a word of five letters or more is shared."""
    tally = {"target": [0, 0], "organisers": [0, 0]}
    for action in gold:
        city = (action["city"] or "").lower()
        if action["section"] != "S003-2" or action["tier"] != "core" or not city:
            continue
        here = [
            f
            for f in found
            if overlaps(f, action) and ALIAS.get((f["city"] or "").lower(), (f["city"] or "").lower()) == city
        ]
        for field, words in (("target", [action["target"] or ""]), ("organisers", action["organisers"])):
            keys = {word for piece in words for word in piece.lower().replace(";", " ").split() if len(word) > 4}
            if keys and here:
                shown = here[0][field]
                said = (" ".join(shown) if isinstance(shown, list) else shown or "").lower()
                tally[field][0] += any(key in said for key in keys)
                tally[field][1] += 1
    return "  ".join(f"{field} {right}/{total}" for field, (right, total) in tally.items())


def coverage(found: list[dict], gold: list[dict], spans) -> str:
    hit = sum(any(overlaps(f, s) for f in found for s in spans(g)) for g in gold)
    good = sum(any(overlaps(f, s) for g in gold for s in spans(g)) for f in found)
    return f"recall {hit}/{len(gold)}  precision {good}/{len(found)}"


def main() -> None:
    folder, misses = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("../shared"), "--misses" in sys.argv
    source, answers = folder / "seeds/003_fc4ab8a24656034a.txt", folder / "data/document-003-gold.json"
    if not source.is_file() or not answers.is_file():
        print(f"{folder} does not hold document 003: skipped")
        return
    text, gold = source.read_bytes().decode("utf-8"), json.loads(answers.read_text(encoding="utf-8"))
    begin = time.perf_counter()
    extract_text("One man died in Aktau.", name="warm")
    loaded = time.perf_counter()
    extraction = extract_text(text, name=source.name)
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found: dict[str, list[dict]] = {}
    for line in extraction.json_lines().splitlines():
        record = json.loads(line)
        assert text[record["start"] : record["end"]] == record["quote"]
        found.setdefault(record["kind"], []).append(record)
    print(f"load {loaded - begin:.2f} s, extraction {done - loaded:.2f} s, peak {peak:.0f} MB")
    print("quantities   ", quantities(found["quantity"], gold["quantities"], misses=misses))
    print("persons      ", persons(found["person"], gold["persons"], misses=misses))
    print("chronology   ", chronology(found["action"], misses=misses))
    print("its roles    ", roles(found["action"], gold["actions"]))
    print(
        "actions      ", coverage(found["action"], [a for a in gold["actions"] if a["tier"] == "core"], lambda a: [a])
    )
    print("organisations", coverage(found["organisation"], gold["organisations"], lambda o: o["variants"]))
    print("places       ", coverage(found["place"], gold["places"], lambda p: p["variants"]))
    print(
        "demands      ", coverage(found["demand"], [d for d in gold["demands"] if d["tier"] == "core"], lambda d: [d])
    )


if __name__ == "__main__":
    main()
