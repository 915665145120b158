"""Language of a sentence: English, Russian, Ukrainian or Kazakh, by its letters and by the words the rules know."""

from __future__ import annotations

import re

from esep.extract.lexicon import lexicon
from esep.extract.tokens import tokenize

_KAZAKH = re.compile("[әғқңөұүһӘҒҚҢӨҰҮҺ]")
_UKRAINIAN = re.compile("[їєґЇЄҐ]|[бпвмфгкхжчшр][’'ʼ][яюєї]")
_RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ][^\W\d_]+)*")
_COMMON = {
    "ru": frozenset(
        "и в во не на что с со как по это из за был была были было его ее от для же о об при они людей человек или "
        "также после который которые погибли ранены задержаны около более их до".split()
    ),
    "uk": frozenset(
        "і й та в у не на що з із як за це був була були було його від для про при вони людей осіб або також після "
        "який які загинули поранено затримано близько понад до щонайменше зі під час особи чоловік".split()
    ),
    "kk": frozenset(
        "мен және бен пен деп бір бұл ол де да үшін адам адамды болды жылы кейін дейін бойынша саны туралы олар "
        "осы сол емес астам кемінде едi еді екен ал тағы".split()
    ),
}


def language_of(sentence: str, *, before: str = "en") -> str:
    """Language of a sentence; `before`, the language of the sentence before it, where nothing tells.

    A sentence with a letter that only one of the languages has is of that language if at least two such letters or no
    other language's letters are there; then the common words decide. A Kazakh name in a Russian sentence does not
    make it Kazakh.
    """
    cyrillic, latin = len(_CYRILLIC.findall(sentence)), len(_LATIN.findall(sentence))
    if cyrillic == 0 and latin == 0:
        return before
    if latin > cyrillic:
        return "en"
    return max(("ru", "uk", "kk"), key=lambda language: (_weight(sentence, language), language == before))


def _weight(sentence: str, language: str) -> float:
    """Common words of a language and letters of its own, by words of the sentence."""
    words = [word.lower() for word in _WORD.findall(sentence)]
    known = lexicon(language).knows
    common = sum(word in _COMMON[language] for word in words) + 0.7 * sum(map(known, tokenize(sentence)))
    if language == "kk":
        # a Kazakh letter in a word that is no name tells; in a name it tells little
        kazakh = [word for word in _WORD.findall(sentence) if _KAZAKH.search(word)]
        return common + sum(1.0 if word[0].isupper() else 3.0 for word in kazakh)
    if language == "uk":
        own = sum(bool(_UKRAINIAN.search(word)) for word in words)
        dotted = sum("і" in word and not _KAZAKH.search(word) for word in words)
        return common + 1.5 * own + 0.7 * dotted
    own = sum(bool(_RUSSIAN.search(word)) and not _KAZAKH.search(word) and "і" not in word for word in words)
    return common + 0.8 * own + 0.1
