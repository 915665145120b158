"""Sentences with the counts that a reader finds in them, and how the counts proposed compare with those."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
FIELDS = ("category", "lower", "upper", "hedge", "stance", "scope")
HARM = {"killed", "injured", "missing", "detained", "convicted", "dismissed"}


@dataclass(frozen=True)
class Count:
    """One count of a reader: each field holds the values that are right; `needed` is False where none is asked for."""

    category: tuple[str, ...]
    lower: int | None
    upper: int | None
    finer: tuple[tuple[str, ...], ...]
    needed: bool

    @property
    def harm(self) -> bool:
        """Whether only an answer that names harm is right."""
        return set(self.category) <= HARM

    def fits(self, found: tuple) -> bool:
        """Whether a proposal has one of the categories and the bounds."""
        return found[0] in self.category and found[1:3] == (self.lower, self.upper)


def count(piece: str) -> Count:
    """A count as written: `[?]category low high hedge polarity scope`, alternatives divided by `|`, `-` an open end."""
    words = piece.strip().lstrip("?").split()
    low, high = (None if word == "-" else int(word) for word in words[1:3])
    finer = tuple(tuple(word.split("|")) for word in words[3:6])
    return Count(tuple(words[0].split("|")), low, high, finer, not piece.strip().startswith("?"))


def cases(name: str) -> list[tuple[str, list[Count]]]:
    """Sentences of a file with their counts."""
    found = []
    for line in (HERE / "sentences" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            sentence, _, gold = line.partition("||")
            found.append((sentence.strip(), [count(piece) for piece in gold.split(";") if piece.strip()]))
    return found


def score(name: str, *, misses: bool) -> dict[str, tuple[int, int]]:
    """Right and total by measure: recall and precision of category with bounds, of harm alone, then hedge, polarity and
    scope of those that are right."""
    from esep.extract import extract_text

    tally: Counter[str] = Counter()
    for sentence, gold in cases(name):
        proposals = extract_text(sentence, name="s", published="2019-06-01").of_kind("quantity")
        found = [tuple(p.value[f] for f in FIELDS) for p in proposals]
        _compare(found, gold, tally=tally, told=f"{name}: {sentence}" if misses else "")
    measures = ("recall", "precision", "harm recall", "harm precision", "hedge", "polarity", "scope")
    return {measure: (tally[measure], tally["of " + measure]) for measure in measures}


def _compare(found: list[tuple], gold: list[Count], *, tally: Counter[str], told: str) -> None:
    """Add one sentence to the tally; `told` is printed with what differs."""
    left, missed, wrong = list(found), [], []
    for one in sorted(gold, key=lambda c: not c.needed):
        match = next((f for f in left if one.fits(f)), None)
        if match is not None:
            left.remove(match)
            wrong += _finer(match, one, tally=tally)
        elif one.needed:
            missed.append(one)
        if one.needed:
            tally["recall"] += match is not None
            tally["of recall"] += 1
            tally["harm recall"] += one.harm and match is not None
            tally["of harm recall"] += one.harm
    tally["precision"] += len(found) - len(left)
    tally["of precision"] += len(found)
    tally["harm precision"] += sum(f[0] in HARM for f in found) - sum(f[0] in HARM for f in left)
    tally["of harm precision"] += sum(f[0] in HARM for f in found)
    if told and (left or missed or wrong):
        print("  " + told)
        for word, rows in (("missed", missed), ("beside", left), ("finer", wrong)):
            for row in rows:
                print(f"      {word} {row}")


def _finer(match: tuple, one: Count, *, tally: Counter[str]) -> list[str]:
    """Add hedge, polarity and scope of a right count where one is needed."""
    wrong = []
    for at, measure in enumerate(("hedge", "polarity", "scope")):
        if one.needed and at < len(one.finer):
            right = match[at + 3] in one.finer[at]
            tally[measure] += right
            tally["of " + measure] += 1
            if not right:
                wrong.append(f"{measure} {match[at + 3]} for {'|'.join(one.finer[at])} of {match[:3]}")
    return wrong
