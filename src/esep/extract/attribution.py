"""Who says so: the source named for a claim, and where the attribution is only carried on from the sentence before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from esep.extract.passages import Passage

_LONGEST_SOURCE = 28
_END = frozenset(", ; : . ! ? – —".split())
_SUBJECT_STARTS = frozenset(', ; : ( ) “ ” « » " and but that while as when и а но что й та але що'.split())
_NOUNS = ("reports", "report", "claims", "claim", "estimates", "counts", "lists", "notes", "states", "broadcast")
_AFTER_NOUN = (
    "about of from on that continue continued have has had were was are is say says said tell told suggest suggested "
    "indicate indicated in".split()
)
_VERBS_AFTER = frozenset("was were is are had has have killed died reported said что".split())


@dataclass(frozen=True, slots=True)
class Source:
    """A named source at `text[start:end]`; `is_pronoun` when it is «her» or «them»; `carried` from an earlier sentence.

    A pronoun is never resolved by guessing: `likely` holds the last named speaker of the part, for a person to confirm.
    """

    start: int
    end: int
    quote: str
    is_pronoun: bool = False
    carried: bool = False
    opens: bool = False
    likely: str | None = None

    @property
    def name(self) -> str:
        """What is shown: the words, or for a pronoun the likely speaker beside it."""
        return f"{self.likely} ({self.quote})" if self.is_pronoun and self.likely else self.quote


def sources_of(passages: tuple[Passage, ...]) -> dict[int, Source]:
    """For each passage that has one, the source it is attributed to; carried within a paragraph until another is
    named.
    """
    found: dict[int, Source] = {}
    current: Source | None = None
    speaker: str | None = None
    paragraph, part = -1, -1
    for number, passage in enumerate(passages):
        if passage.part_number != part:
            speaker, part = None, passage.part_number
        if passage.sentence.paragraph != paragraph:
            current, paragraph = None, passage.sentence.paragraph
        own = source_in(passage)
        if own is not None:
            own = replace(own, likely=speaker) if own.is_pronoun else own
            current = own
            found[number] = own
        elif current is not None:
            found[number] = replace(current, carried=True)
        speaker = _speaker(passage, own) or speaker
    return found


def lingering(passages: tuple[Passage, ...], sources: dict[int, Source]) -> dict[int, str]:
    """For passages without a source: who spoke to the end of the paragraph before, where no sign ends it."""
    found: dict[int, str] = {}
    speaker: str | None = None
    heard: str | None = None
    paragraph, part = -1, -1
    for number, passage in enumerate(passages):
        if passage.part_number != part:
            speaker, heard, part = None, None, passage.part_number
        if passage.sentence.paragraph != paragraph:
            speaker, heard, paragraph = heard, None, passage.sentence.paragraph
        source = sources.get(number)
        if source is not None:
            speaker, heard = None, source.name
        elif speaker is not None:
            found[number] = speaker
    return found


def _speaker(passage: Passage, own: Source | None) -> str | None:
    """A person or body in this passage who may be the «she» of the next one."""
    if own is not None and not own.is_pronoun:
        return own.quote
    for index, token in enumerate(passage.tokens[:-2]):
        initial = token.is_capital and len(token.quote) == 1 and passage.tokens[index + 1].quote == "."
        if initial and passage.tokens[index + 2].is_capital:
            return passage.text[token.start : passage.tokens[index + 2].end]
    return None


def source_in(passage: Passage) -> Source | None:
    """The source a sentence names itself; the first of several."""
    for reader in (_according, _according_after, _said, _passive):
        source = reader(passage)
        if source is not None:
            return source
    return None


def _according(passage: Passage) -> Source | None:
    """«according to X», «по словам X», «за даними X»: the words after, to the comma or the verb of the sentence."""
    for mark in passage.marks.of("according"):
        last = _phrase_end(passage, mark.last)
        if last > mark.last:
            return _source(passage, mark.last, last, opens=mark.first <= 1)
    return None


def _phrase_end(passage: Passage, first: int) -> int:
    """Token after a noun phrase: brackets and quotation marks belong to it; a comma, a verb or a time ends it."""
    depth, at = 0, first
    while at < len(passage.tokens) and at - first < _LONGEST_SOURCE:
        token = passage.tokens[at]
        if token.low in ("(", "“", "«"):
            depth += 1
        elif token.low in (")", "”", "»"):
            depth -= 1
        elif depth <= 0 and at > first:
            if (
                token.low in _END
                or token.low in _VERBS_AFTER
                or (passage.marks.at("say", at) and token.low not in ("reports", "report"))
            ):
                break
            if passage.marks.at("pronoun", first) and at == first + 1:
                break
            if passage.language == "en" and token.low in ("during", "in", "on", "at", "by", "that") and at - first > 0:
                follows = passage.tokens[at + 1].low if at + 1 < len(passage.tokens) else ""
                if token.low != "in" or follows in ("the", "all"):
                    break
            if any(one.first == at and not one.is_bare for one in passage.counted):
                break
        at += 1
    return at


def _according_after(passage: Passage) -> Source | None:
    """Kazakh: «X мәліметінше»: the words before."""
    for mark in passage.marks.of("according_after"):
        first = mark.first
        while first > 0 and passage.tokens[first - 1].low not in _END and mark.first - first < 8:
            first -= 1
        if first < mark.first:
            return _source(passage, first, mark.first, opens=first == 0)
    return None


def _said(passage: Passage) -> Source | None:
    """«X said», «сообщил X»: the subject of a verb of saying, before it or (inverted) after it."""
    for mark in passage.marks.of("say"):
        ruled = passage.marks.covering("polarity", mark.first)
        if (ruled is not None and ruled.value != "denied") or passage.marks.covering("relative", mark.first):
            continue
        if _is_deed(passage, mark.first, mark.last) or _is_noun(passage, mark.first, mark.last):
            continue
        teller = _teller(passage, mark.first, mark.last)
        if teller is not None:
            return teller
        if _is_passive(passage, mark.first):
            continue
        if passage.language == "kk":
            source = _kazakh_speaker(passage, mark.first)
        else:
            source = _subject(passage, mark.first) or _inverted(passage, mark.last)
        if source is not None:
            return source
    return None


def _is_noun(passage: Passage, first: int, last: int) -> bool:
    """«original reports about 70 fatalities», «reports continue»: the noun, not the verb of saying."""
    if passage.language != "en" or passage.tokens[first].low not in _NOUNS:
        return False
    following = passage.tokens[last].low if last < len(passage.tokens) else ""
    return following in _AFTER_NOUN


def _is_passive(passage: Passage, first: int) -> bool:
    """«It was reported», «this is confirmed»: what stands before the verb is no speaker."""
    if passage.language != "en":
        return False
    present = passage.tokens[first].low in ("say", "says", "report", "reports")
    return not present and any(passage.marks.at("be", at) for at in range(max(0, first - 2), first))


def _teller(passage: Passage, first: int, last: int) -> Source | None:
    """«have been confirmed by the mass media and witnesses»: who stands after «by»."""
    by = last < len(passage.tokens) and passage.tokens[last].low == "by"
    if passage.language != "en" or not by or passage.marks.at("evidence", last + 1):
        return None
    if any(passage.marks.covering("evidence", at) for at in range(last + 1, min(len(passage.tokens), last + 4))):
        return None
    end = last + 1
    while end < len(passage.tokens) and passage.tokens[end].low not in (".", ";", "that", "who", "which", ":"):
        end += 1
    return _source(passage, last + 1, end, opens=False) if end > last + 1 else None


def _is_deed(passage: Passage, first: int, last: int) -> bool:
    """«The shelling claimed the lives of», «the hospital admitted nineteen people»: nothing is said here."""
    low = passage.tokens[first].low
    counted = next((one for one in passage.counted if one.first == last), None)
    lives = any(mark.last > last for mark in passage.marks.all_at("fate", first))
    if low in ("claimed", "claims", "claim") and (lives or counted is not None):
        return True
    return low == "admitted" and counted is not None and counted.people is not None and not counted.fates


def _subject(passage: Passage, verb: int) -> Source | None:
    first = verb
    if verb > 2 and passage.tokens[verb - 1].low == "," and verb <= 12 and passage.language == "en":
        return (
            _source(passage, 0, verb - 1, opens=True)
            if passage.marks.at("article", 0) or passage.tokens[0].is_capital
            else None
        )
    while first > 0 and passage.tokens[first - 1].low not in _SUBJECT_STARTS and verb - first < 12:
        first -= 1
    while first < verb and passage.tokens[first].low in (
        "the",
        "a",
        "an",
        "also",
        "later",
        "had",
        "has",
        "have",
        "earlier",
        "ранее",
        "also",
    ):
        first += 1
    last = verb
    while last > first and passage.tokens[last - 1].low in (
        "had",
        "has",
        "have",
        "also",
        "later",
        "ранее",
        "позже",
        "также",
        "раніше",
        "пізніше",
        "також",
        "уже",
        "earlier",
    ):
        last -= 1
    if first >= last or any(
        passage.marks.at("fate", at) and not passage.marks.at("people", at) for at in range(first, last)
    ):
        return None
    tokens = passage.tokens[first:last]
    known = any(passage.marks.covering("speaker", at) for at in range(first, last)) or passage.marks.at(
        "pronoun", first
    )
    named = any(token.is_capital for token in tokens[1:]) or (tokens[0].is_capital and (len(tokens) > 1 or first > 0))
    people = any(
        passage.marks.covering("people", at) or passage.marks.covering("people_one", at) for at in range(first, last)
    )
    if not (known or named or people) or tokens[0].kind != "word":
        return None
    return _source(passage, first, last, opens=first <= 1)


def _inverted(passage: Passage, after: int) -> Source | None:
    """«..., сообщил министр Петров», «..., said the union»."""
    if after >= len(passage.tokens) or passage.tokens[after].low in (
        *_END,
        "that",
        "что",
        "що",
        "of",
        "to",
        "in",
        "о",
        "об",
        "про",
    ):
        return None
    last = _phrase_end(passage, after)
    tokens = passage.tokens[after:last]
    if not tokens or tokens[0].kind != "word" or len(tokens) > 10:
        return None
    known = any(passage.marks.covering("speaker", at) for at in range(after, min(after + 3, last)))
    people = any(passage.marks.covering("people_one", at) for at in range(after, last))
    if known or people or tokens[0].is_capital:
        return _source(passage, after, last, opens=False)
    return None


def _kazakh_speaker(passage: Passage, verb: int) -> Source | None:
    """«деп хабарлады полиция», «Полиция ... деп хабарлады»: a known speaker after the verb or at the start."""
    for mark in passage.marks.of("speaker"):
        if mark.first <= 3 or mark.first > verb:
            first = 0 if mark.first <= 3 else mark.first
            return _source(passage, first, mark.last, opens=first == 0)
    after = passage.tokens[verb + 1 : verb + 4]
    names = [token for token in after if token.is_capital]
    return _source(passage, verb + 1, verb + 1 + len(names), opens=False) if names else None


def _passive(passage: Passage) -> Source | None:
    """«reportedly», «сообщается»: reported, the source not named."""
    marks = passage.marks.of("say_passive")
    return _source(passage, marks[0].first, marks[0].last, opens=False) if marks else None


def _source(passage: Passage, first: int, last: int, *, opens: bool) -> Source:
    while last > first + 1 and passage.tokens[last - 1].low in (",", "(", "that", "что", "що"):
        last -= 1
    start, end = passage.quote(first, last)
    pronoun = passage.marks.at("pronoun", first)
    is_pronoun = pronoun is not None and pronoun.last == last
    return Source(start, end, passage.text[start:end], is_pronoun, opens=opens)
