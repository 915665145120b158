"""How a number is said (asserted, denied, planned ...) and how it stands to others (part, running total ...)."""

from __future__ import annotations

from esep.extract.clauses import Clause, Finding
from esep.extract.counted import Counted
from esep.extract.joined import whole_of
from esep.extract.lexicon import Mark, Marks
from esep.extract.passages import Passage
from esep.extract.patients import has_severity

_NEAR = 8
_SUBSET_LEFT = 7
_REMAINING_REACH = 8
_SO_FAR = ("so far", "to date", "на данный момент", "к настоящему времени", "на цей момент", "осы уақытқа дейін")
_ORDER = ("denied", "absence_of_reports", "unclear", "planned", "feared")
_BREAKS = (";", "but", "но", "але", "however", "однако", "проте", "бірақ", ":")


def polarity_of(one: Counted, findings: tuple[Finding, ...], passage: Passage, *, has_source: bool) -> str:
    """asserted, reported, denied, planned, feared, zero, unclear or absence_of_reports."""
    marks = passage.marks
    first, last = _window(one, findings, passage)
    if any(mark.value == "absence_of_reports" and mark.first < last for mark in marks.of("polarity")):
        return "absence_of_reports"
    found = [
        mark for mark in marks.of("polarity") if _touches(mark, first, last, passage) and not _is_amount(mark, marks)
    ]
    values = {_checked(mark, one, findings, passage) for mark in found}
    for value in _ORDER:
        if value in values:
            return value
    if _negated(one, findings, passage):
        return "denied"
    return "reported" if has_source or _is_said(passage) else "asserted"


def _is_amount(mark: Mark, marks: Marks) -> bool:
    """«саны белгісіз», «an unknown number of»: a word inside a vague amount says nothing of the claim."""
    return any(vague.first <= mark.first and mark.last <= vague.last for vague in marks.of("vague"))


def _is_said(passage: Passage) -> bool:
    """Is there a verb of saying whose speaker the rules could not name?"""
    said = [
        passage.tokens[mark.first].low
        for mark in passage.marks.of("say")
        if passage.marks.covering("fate", mark.first) is None
    ]
    if passage.language == "en":
        return any(word in ("said", "told", "announced", "stated", "says") for word in said)
    return bool(said)


def _window(one: Counted, findings: tuple[Finding, ...], passage: Passage) -> tuple[int, int]:
    fates = [finding.fate for finding in findings]
    first = min([one.first, *(fate.first for fate in fates)])
    last = max([one.last, *(fate.last for fate in fates)])
    return first, last


def _touches(mark: Mark, first: int, last: int, passage: Passage) -> bool:
    """Does a word of modality rule the claim: in the same clause, before it or right inside or (Kazakh) after it?"""
    low = [token.low for token in passage.tokens]
    if mark.last <= first:
        gap = low[mark.last : first]
        commas = gap.count(",")
        ruling = mark.value in ("denied", "unclear") or (mark.value == "feared" and not _is_auxiliary(mark, passage))
        limit = 14 if ruling else _NEAR
        return len(gap) <= limit and commas <= 1 and not any(word in _BREAKS for word in gap)
    if mark.first < last:
        return True
    gap = low[last : mark.first]
    if passage.language == "kk" and mark.value == "planned" and len(gap) > 3:
        return False
    limit = 12 if passage.language == "kk" or mark.value in ("denied", "unclear") else 2
    if any(word in _BREAKS or word == "." for word in gap):
        return False
    return len(gap) <= limit and (passage.language == "kk" or mark.value in ("denied", "unclear", "feared"))


def _is_auxiliary(mark: Mark, passage: Passage) -> bool:
    """«may», «могут»: rules only what stands right after it, while «fears that» rules its whole clause."""
    first = passage.tokens[mark.first].low
    return first.startswith(("мог", "мож", "may", "might", "could", "возможно", "можливо", "ймовірно", "вероятно"))


def _checked(  # noqa: PLR0911 - one way out a rule
    mark: Mark, one: Counted, findings: tuple[Finding, ...], passage: Passage
) -> str:
    """A word of planning after which nothing but a past event follows is no plan."""
    words = " ".join(token.low for token in passage.tokens[mark.first : mark.last])
    after = [finding for finding in findings if finding.fate.first >= mark.last]
    following = passage.tokens[mark.last].low if mark.last < len(passage.tokens) else ""
    if words == "белгісіз" and passage.marks.at("people", mark.last):
        return "none"  # «белгісіз адамдар»: unknown men, not an unclear claim
    if words == "could" and following in ("not", "hear", "see"):
        return "none"
    if mark.rule.id.endswith("demanded") and findings and all(finding.side == "noun" for finding in findings):
        return "none"  # «demands the release of 23 detainees»: they are detained, the release is asked
    if mark.rule.id.endswith("future") and any(finding.fate.first == mark.first for finding in findings):
        return mark.value  # «сократит 450 рабочих»: the verb of the claim is itself in the future
    if mark.value == "planned" and findings and not after and passage.language != "kk":
        return "none"
    if mark.value in ("planned", "feared") and findings and mark.last <= one.first and passage.language == "en":
        past = [f for f in after if f.side == "right" and f.fate.kind in ("past", "after")]
        if past and not _modal(words) and mark.value == "planned" and not mark.rule.id.endswith("demanded"):
            return "none"
    if (
        words in ("would", "could", "may", "might", "can", "will", "is to", "are to", "if", "ли", "чи")
        and not after
        and not (findings and findings[0].side == "noun")
    ):
        return "none"
    if words in ("how many", "сколько", "скільки", "қанша") and one.figure.numbers:
        return "none"
    return mark.value


def _modal(words: str) -> bool:
    return words.split(maxsplit=1)[0] in ("will", "would", "may", "might", "could", "is", "are", "if", "be")


def _negated(one: Counted, findings: tuple[Finding, ...], passage: Passage) -> bool:
    """«12 people were not killed»: a negation right before the verb."""
    marks = passage.marks
    for finding in findings:
        fate = finding.fate
        if finding.side in ("noun", "toll", "list"):
            continue
        for at in range(max(fate.first - 2, 0), fate.first):
            if (
                marks.at("negation", at)
                and not marks.ending("hedge", at + 1)
                and not marks.at("hedge", at)
                and at >= one.last - 1
            ):
                return True
        if passage.language == "kk" and marks.at("negation", fate.last) and not _is_hedge(marks, fate.last):
            return True
    return False


def _is_hedge(marks: Marks, at: int) -> bool:
    return marks.covering("hedge_after", at) is not None


def scope_of(one: Counted, findings: tuple[Finding, ...], passage: Passage) -> str:  # noqa: PLR0911 - one way out a rule
    """new, cumulative, subset, historical, superseded or excludes."""
    marks, first = passage.marks, one.first
    if one.figure.superseded or _rules_left(one, passage, "superseded", reach=6):
        return "superseded"
    if _is_historical(one, passage):
        return "historical"
    clause = Clause(passage.tokens, passage.marks, passage.counted, passage.language)
    if whole_of(one, clause) is not None or _is_kazakh_part(one, passage):
        return "subset"
    if one.is_partitive or has_severity(one, passage.tokens) or _subset_near(one, passage) or _of_whole(one, passage):
        return "subset"
    if any(
        mark.value == "excludes" and mark.last <= first + 2 and first - mark.last <= 6 for mark in marks.of("scope")
    ):
        return "excludes"
    if any(0 <= mark.first - one.last <= _REMAINING_REACH for mark in marks.of("remaining")):
        return "subset"  # «forty are still in hospital» counts no more than those
    if any(finding.side == "toll" and finding.fate.value != "protest-participants" for finding in findings):
        return "cumulative"
    if _rules_left(one, passage, "cumulative", reach=8) or _right_after(one, findings, passage, "cumulative"):
        return "cumulative"
    reach = [mark for mark in marks.of("reach") if mark.last <= first and first - mark.last <= 2 and mark.first < first]
    return "cumulative" if reach and _counts_up(reach[-1], passage, findings) else "new"


def _is_kazakh_part(one: Counted, passage: Passage) -> bool:
    """«он жаралыны алып кетті, екеуі жолда өлді»: a numeral with a possessive ending counts a part of those before."""
    if passage.language != "kk" or one.people is not None:
        return False
    before = [other for other in passage.counted if other.last <= one.first and (other.people or other.fates)]
    return bool(before) and passage.tokens[one.figure.core[1] - 1].low.endswith(("уі", "уы", "уін", "уын"))


def _counts_up(mark: Mark, passage: Passage, findings: tuple[Finding, ...]) -> bool:
    before = [token.low for token in passage.tokens[max(0, mark.first - 8) : mark.first]]
    counted = any(
        word
        in ("number", "toll", "count", "total", "figure", "число", "количество", "счёт", "счет", "кількість", "саны")
        for word in before
    )
    return counted or any(finding.side in ("toll", "noun") for finding in findings)


def _rules_left(one: Counted, passage: Passage, value: str, *, reach: int) -> bool:
    for mark in passage.marks.of("scope"):
        if mark.value == value and mark.first <= one.first and one.first - mark.last <= reach:
            gap = [token.low for token in passage.tokens[mark.last : one.first]]
            others = any(
                mark.last <= other.first < one.first and (other.people or other.figure.numbers)
                for other in passage.counted
            )
            if not any(word in (";", "but", "но", "але") for word in gap) and not others:
                return True
    return False


def _right_after(one: Counted, findings: tuple[Finding, ...], passage: Passage, value: str) -> bool:
    """«12 people so far», «всего», right behind the claim."""
    last = max([one.last, *(finding.fate.last for finding in findings)])
    alone = sum(bool(other.people or other.fates) for other in passage.counted) == 1
    if alone and any(
        " ".join(t.low for t in passage.tokens[m.first : m.last]) in _SO_FAR for m in passage.marks.of("scope")
    ):
        return True
    return any(mark.value == value and last <= mark.first <= last + 2 for mark in passage.marks.of("scope")) or any(
        mark.value == value and one.last <= mark.first < last for mark in passage.marks.of("scope")
    )


def _subset_near(one: Counted, passage: Passage) -> bool:
    """«including two children», «в том числе двое»: the word of a part right before, in the same clause."""
    for mark in passage.marks.of("scope"):
        if mark.value != "subset" or not mark.first <= one.first or passage.marks.at("according_after", mark.last):
            continue
        gap = passage.tokens[mark.last : one.first] if mark.last <= one.first else ()
        joined = [other for other in passage.counted if mark.last <= other.first < one.first]
        if (
            len(gap) <= _SUBSET_LEFT + 6 * len(joined)
            and not any(token.low in (";", ".") for token in gap)
            and len(joined) <= 2
        ):
            return True
    after = passage.marks.at("scope", one.last)
    return after is not None and after.value == "subset" and one.people is None and not one.fates


def _of_whole(one: Counted, passage: Passage) -> bool:
    """«Of the 40 arrested, 12 ...», «из 50 задержанных 14 ...», «50 адамның 14-і»: the second figure is a part of
    the first.
    """
    index = passage.counted.index(one) if one in passage.counted else 0
    if index == 0:
        return False
    whole = passage.counted[index - 1]
    before = [token.low for token in passage.tokens[max(0, whole.first - 2) : whole.first]]
    if passage.language == "kk":
        genitive = passage.tokens[whole.last - 1].low.endswith(("ның", "нің", "дың", "дің", "тың", "тің"))
        return genitive and whole.last == one.first
    opened = any(word in ("of", "из", "із", "зі", "з") for word in before) and whole.first - 2 <= 1
    return opened and one.first - whole.last <= 6


def _is_historical(one: Counted, passage: Passage) -> bool:
    """A date of earlier years in the sentence, or words such as «decades ago»."""
    if any(date.is_past_year and not date.since for date in passage.dates):
        return True
    return any(mark.value == "historical" for mark in passage.marks.of("scope"))
