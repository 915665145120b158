"""Names as arrays: every word once, with the forms that comparing needs, so that a compiled loop can read them.

The knowledge about names stays in `names`: this file only lays its tokens out side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from esep.linkage.records import Record
from esep.names.parts import NameParts, parse
from esep.names.tokens import Token, arabic_letters, without_vowels

LETTERS = 24
JOINED_LETTERS = 56
WORDS = 8
ROLES = ("unknown", "given", "family", "patronymic", "initial")
KINDS = ("word", "family", "patronymic", "initial")
PLAIN, SOUNDS, CLASSES, STEM, STEM_CLASSES, ARABIC, BONES = range(7)
FORMS = 7
KIND, SEX, STYLE, SCRIPT, ABJAD, SECOND_HALF, KNOWN, INITIAL_SOUND = range(8)
TRAITS = 8
_CONSONANTS, _MOST_VOWELS = 25, 12
CONSONANT_BITS, LETTER_BITS, INITIAL_BIT, ABJAD_BIT = (np.uint64(bits) for bits in (2**50 - 1, 2**62 - 1, 2**62, 2**63))
"""What the bits of `Spellings.stems` mean."""

Letters = NDArray[np.uint16]
Numbers = NDArray[np.int32]

_PRIOR_RECORDS = 200.0
_PRIOR_HOLDERS = 1.0
_KNOWN_SHARE = 0.004
"""A common given name is taken to belong to at least one person in 250, however short the lists are."""
MOST_RARITY = 8.0
"""Ceiling in nats for the agreement of one word: a rare misspelling must not outweigh everything else."""


@dataclass(frozen=True)
class Population:
    """How many of `records` hold each stem of a word."""

    holders: Mapping[str, int]
    records: int


@dataclass(frozen=True)
class Spellings:
    """Words and names of all records.

    Words: `letters` uint16[V, 7, 24] code points of the seven forms, `lengths` int32[V, 7], `traits` int32[V, 8],
    `stems` uint64[V] how often the stem has each class of sounds (two bits for each consonant from b to z, then twelve
    for vowels; filled from below), and whether it is an initial or in Arabic writing without vowels,
    `rarity` float64[V] nats that agreeing on the word is worth.
    Names: `words`, `roles` int32[N, 8] (filled up with -1), `counts` int32[N], `sure` int32[N], `kin` int32[N]
    (0: the name is the person's own), `joined` uint16[N, 2, 56] sounds and classes without spaces, `joined_lengths`.
    Records: names `first[i]:first[i + 1]` are record i's; none when it has no usable name.
    `population` says how many records hold each stem, which makes words rare or common; `codes` and `relations` are
    the numbers given to texts in `traits` and `kin`.
    """

    letters: Letters
    lengths: Numbers
    traits: Numbers
    stems: NDArray[np.uint64]
    rarity: NDArray[np.float64]
    words: Numbers
    roles: Numbers
    counts: Numbers
    sure: Numbers
    kin: Numbers
    joined: Letters
    joined_lengths: Numbers
    first: Numbers
    population: Population
    codes: Mapping[str, int]
    relations: Mapping[str | None, int]


Names = tuple[NameParts, ...]
"""All names of one record."""


def names_of(record: Record) -> Names:
    """The record's name, the aliases it states, and its other names, each taken apart; without those that are empty."""
    found: list[NameParts] = []
    for text in (record.name, *record.other_names):
        parts = parse(text)
        found += [one for one in (parts, *parts.aliases) if one.tokens]
    return tuple(found)


def spell(
    records: Sequence[Record], names_read: Sequence[Names] | None = None, *, known: Spellings | None = None
) -> Spellings:
    """Lay out the names of records; rarity of a word is told from these records and a broad prior.

    With `known` it is told from the population that these spellings come from, so that both can be put together.
    """
    of_record = [names_of(record) for record in records] if names_read is None else names_read
    vocabulary: dict[tuple[object, ...], int] = {}
    tokens: list[Token] = []
    names = [one for some in of_record for one in some]
    coded = [[_number(word, vocabulary, tokens) for word in name.tokens[:WORDS]] for name in names]
    codes: dict[str, int] = dict(known.codes) if known else {"": 0}
    relations: dict[str | None, int] = dict(known.relations) if known else {None: 0}
    letters, lengths, traits = _word_arrays(tokens, codes)
    population = known.population if known else Population(_holders(of_record, coded, tokens), len(records))
    words, roles = _name_arrays(names, coded)
    joined, joined_lengths = _joined_arrays(names)
    return Spellings(
        letters,
        lengths,
        traits,
        np.array([_stem_bits(word) for word in tokens], dtype=np.uint64),
        _rarity(population, tokens),
        words,
        roles,
        np.array([len(row) for row in coded], dtype=np.int32),
        np.array([name.sure for name in names], dtype=np.int32),
        np.array([relations.setdefault(name.kin, len(relations)) for name in names], dtype=np.int32),
        joined,
        joined_lengths,
        np.cumsum([0, *(len(some) for some in of_record)]).astype(np.int32),
        population,
        codes,
        relations,
    )


def together(one: Spellings, two: Spellings) -> Spellings:
    """Spellings of the records of both; `two` was made with `known=one`."""

    def both(field: str) -> Any:
        return np.concatenate([getattr(one, field), getattr(two, field)])

    plain = ("letters", "lengths", "traits", "stems", "rarity", "roles", "counts", "sure", "kin", "joined")
    later = np.where(two.words < 0, -1, two.words + len(one.letters)).astype(np.int32)
    words = np.concatenate([one.words, later])
    first = np.concatenate([one.first, two.first[1:] + one.first[-1]])
    joined = {field: both(field) for field in (*plain, "joined_lengths")}
    return replace(two, **joined, words=words, first=first)


def _number(word: Token, vocabulary: dict[tuple[object, ...], int], tokens: list[Token]) -> int:
    key = (word.plain, word.sounds, word.stem, word.vowelless, *_traits(word))
    number = vocabulary.setdefault(key, len(tokens))
    if number == len(tokens):
        tokens.append(word)
    return number


def _forms(word: Token) -> tuple[str, ...]:
    bones = word.vowelless or without_vowels(word.sounds)
    return word.plain, word.sounds, word.classes, word.stem, word.stem_classes, arabic_letters(word.sounds), bones


def _word_arrays(tokens: Sequence[Token], codes: dict[str, int]) -> tuple[Letters, Numbers, Numbers]:
    forms = [_forms(word) for word in tokens]
    letters = np.zeros((len(tokens), FORMS, LETTERS), dtype=np.uint16)
    lengths = np.zeros((len(tokens), FORMS), dtype=np.int32)
    for form in range(FORMS):
        letters[:, form], lengths[:, form] = _laid_out([its[form] for its in forms], LETTERS)
    traits = np.zeros((len(tokens), TRAITS), dtype=np.int32)
    for row, word in enumerate(tokens):
        kind, known, *texts = _traits(word)
        style, script, half, sex = (codes.setdefault(text, len(codes)) for text in texts)
        abjad, sound = int(word.vowelless != ""), ord(word.sounds[0])
        traits[row] = (KINDS.index(kind), sex, style, script, abjad, half, known, sound)
    return letters, lengths, traits


def _traits(word: Token) -> tuple[str, bool, str, str, str, str]:
    """What a word is beside its letters; two words with the same letters can differ in it by how they are written."""
    return word.kind, word.known, word.style, word.script, word.second_half, word.sex


def _stem_bits(word: Token) -> int:
    """The word's number in `Spellings.stems`."""
    bits = int(INITIAL_BIT) * (word.kind == "initial") | int(ABJAD_BIT) * (word.vowelless != "")
    return bits | _letter_bits(word.stem_classes)


@lru_cache(maxsize=1 << 16)
def _letter_bits(classes: str) -> int:
    bits = _filled(min(classes.count("a"), _MOST_VOWELS)) << 2 * _CONSONANTS
    for letter in set(classes):
        if "a" < letter <= "z":
            bits |= _filled(min(classes.count(letter), 2)) << 2 * (ord(letter) - ord("b"))
    return bits


def _filled(number: int) -> int:
    """So many bits, from below."""
    return (1 << number) - 1


def _laid_out(texts: Sequence[str], width: int) -> tuple[Letters, Numbers]:
    """Texts as rows of code points, cut to `width` and filled up with 0, and their lengths."""
    lengths = np.array([min(len(text), width) for text in texts], dtype=np.int32)
    padded = "".join([text[:width].ljust(width, "\0") for text in texts])
    points = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters: Letters = np.minimum(points, 0xFFFF).astype(np.uint16).reshape(len(texts), width)
    return letters, lengths


def _name_arrays(names: Sequence[NameParts], coded: Sequence[Sequence[int]]) -> tuple[Numbers, Numbers]:
    words = np.full((len(names), WORDS), -1, dtype=np.int32)
    roles = np.zeros((len(names), WORDS), dtype=np.int32)
    for row, (name, numbers) in enumerate(zip(names, coded, strict=True)):
        words[row, : len(numbers)] = numbers
        roles[row, : len(numbers)] = [ROLES.index(role) for role in name.roles[: len(numbers)]]
    return words, roles


def _joined_arrays(names: Sequence[NameParts]) -> tuple[Letters, Numbers]:
    joined = np.zeros((len(names), 2, JOINED_LETTERS), dtype=np.uint16)
    joined[:, 0], lengths = _laid_out([name.joined for name in names], JOINED_LETTERS)
    joined[:, 1], _ = _laid_out([name.joined_classes for name in names], JOINED_LETTERS)
    return joined, lengths


def _holders(
    of_record: Sequence[Sequence[NameParts]], coded: Sequence[Sequence[int]], tokens: Sequence[Token]
) -> dict[str, int]:
    """How many records hold each stem."""
    counts: dict[str, int] = {}
    place = 0
    for some in of_record:
        stems = {tokens[number].stem for numbers in coded[place : place + len(some)] for number in numbers}
        place += len(some)
        for stem in stems:
            counts[stem] = counts.get(stem, 0) + 1
    return counts


def _rarity(population: Population, tokens: Sequence[Token]) -> NDArray[np.float64]:
    held = np.array([population.holders.get(word.stem, 1) for word in tokens], dtype=np.float64)
    share = (held - 1.0 + _PRIOR_HOLDERS) / (population.records + _PRIOR_RECORDS)
    known = np.array([word.known for word in tokens], dtype=bool)
    share = np.where(known, np.maximum(share, _KNOWN_SHARE), share)
    return np.minimum(-np.log(share), MOST_RARITY) if len(tokens) else np.zeros(0)
