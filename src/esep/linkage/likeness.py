"""Names compared in a compiled loop: the rules of `names.likeness` and `names.alignment` over arrays.

`names.compare` explains one pair in tens of microseconds; linkage needs millions of pairs and no words. The
likeness of two words here equals `names.alignment.pair_likeness` from .62 on (a test holds the two together), but for
short forms, abbreviations and two common given names, which weigh more against because brothers are in one list; what
agreeing words weigh differs: here a rare word weighs more than a common one, up to a ceiling.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numba import njit
from numpy.typing import NDArray

from esep.linkage.spellings import (
    ABJAD,
    ABJAD_BIT,
    ARABIC,
    BONES,
    CLASSES,
    CONSONANT_BITS,
    FORMS,
    INITIAL_BIT,
    INITIAL_SOUND,
    JOINED_LETTERS,
    KIND,
    KNOWN,
    LETTER_BITS,
    LETTERS,
    PLAIN,
    SCRIPT,
    SECOND_HALF,
    SEX,
    SOUNDS,
    STEM,
    STEM_CLASSES,
    STYLE,
    WORDS,
    Spellings,
)
from esep.names import alignment, likeness

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

NOTHING = -99.0
"""Score of two names that cannot be compared: one is missing, or one describes somebody by a relative."""

_PART = 250_000
_ASCII = 128

_WORD, _FAMILY, _PATRONYMIC, _INITIAL = range(4)
_R_UNKNOWN, _R_GIVEN, _R_FAMILY, _R_PATRONYMIC, _R_INITIAL = range(5)
_OTHER_KIN = -12.0
_AGAINST = 2.0
"""A word that differs weighs twice what it weighs in `names`, because agreeing words weigh about twice as much."""
_FOR_AFTER = (1.0, 1.0, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25)
"""Share of its weight that each further agreeing word adds where another differs: brothers share all but one."""
_PATRONYMIC_FOR = 0.5
_CLEARLY_AGAINST = 4.0
"""Nats against from which further agreeing words are held back in full."""
_ONE_WORD, _LITTLE_AGAINST = -1.5, 3.0
"""Where one word of a name is all that there is to compare (the rest is missing, or an initial). On made lists such
pairs were one person's less often than pairs of longer names with the same score, by 1.3 to 1.7 nats.
What speaks against by so much says as much in one word as in two, and in between the penalty fades."""
_OTHER_KNOWN, _NEAR_KNOWN, _NEARLY_ONE = 0.5, 0.65, 0.85
"""Likeness of two common given names that are two names (Нурлан, Ерлан), and of two that a letter may tell apart
(Марат, Мурат). `names` says .7 for both. Of 18,000 people of made households none of 700 such pairs with one family
name was one person's; brothers were joined by it."""
_GIVEN_AGAINST = 1.5
"""A given name that differs, both standing first or both known as given, weighs so much more."""

# The figures are those of `names`, read here so that there is one place to change them.
_FOLDED_ONLY = likeness._FOLDED_ONLY
_CONSONANTS_ONLY = likeness._CONSONANTS_ONLY
_INITIAL_AGREES = likeness._INITIAL_AGREES
_INITIAL_NEAR = likeness._INITIAL_NEAR
_INITIAL_DIFFERS = likeness._INITIAL_DIFFERS
_OTHER_STYLE = alignment._OTHER_STYLE
_ENDING = alignment._ENDING_ON_ONE_SIDE
_PATRONYMIC_OTHER = alignment._PATRONYMIC_AGAINST_OTHER
_SECOND_HALF = alignment._OTHER_SECOND_HALF
_CROSS = alignment._TOO_UNLIKE_TO_CROSS
_PARTED = alignment._WORDS_PARTED
_LIKENESS = np.array(alignment._LIKENESS)
_EVIDENCE = np.array(alignment._EVIDENCE)
_MOST_EVIDENCE = alignment._EVIDENCE[-1]
_MISSING = np.array([alignment._MISSING[role] for role in ("unknown", "given", "family", "patronymic", "initial")])
_FAR_LIKENESS = 0.4
"""What words count as that are not worth measuring: those of which one has consonants that the other lacks, two in
five letters, or letters of any kind, one in two."""
_REMEMBERED_BITS = 16
"""So many likenesses of pairs of words are kept (2 to this power): partners of a record share their words."""
_NEAR = np.array(sorted({(min(a, b) << 8) | max(a, b) for a, b in (map(ord, two) for two in likeness._NEAR_INITIALS)}))


@njit(cache=True)
def _osa(letters, one, n, two, m, masks):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Optimal string alignment distance of two words: Hyyro 2003, bit vectors (m at most 64).

    Their letters stand in `letters` from `one` and from `two` on, n and m of them: views of arrays would cost as much
    as the distance. `masks` uint64[128] is scratch, all 0 before and after: where in `two` each ASCII letter stands.
    """
    if n == 0 or m == 0:
        return max(n, m)
    positive, negative, zero_before, match_before = ~np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
    one_bit, last = np.uint64(1), np.uint64(m - 1)
    distance, bit = m, one_bit
    for j in range(two, two + m):
        if letters[j] < _ASCII:
            masks[letters[j]] |= bit
        bit <<= one_bit
    for i in range(one, one + n):
        if letters[i] < _ASCII:
            match = masks[letters[i]]
        else:
            match, bit = np.uint64(0), one_bit
            for j in range(two, two + m):
                if letters[j] == letters[i]:
                    match |= bit
                bit <<= one_bit
        swap = (((~zero_before) & match) << one_bit) & match_before
        zero = (((match & positive) + positive) ^ positive) | match | negative | swap
        up, down = negative | ~(zero | positive), zero & positive
        distance += np.int64((up >> last) & one_bit) - np.int64((down >> last) & one_bit)
        up = (up << one_bit) | one_bit
        down <<= one_bit
        positive, negative = down | ~(zero | up), zero & up
        zero_before, match_before = zero, match
    for j in range(two, two + m):
        if letters[j] < _ASCII:
            masks[letters[j]] = 0
    return distance


@njit(cache=True)
def _at(word, form):  # type: ignore[no-untyped-def]
    """Where the letters of a form of a word begin."""
    return (np.int64(word) * FORMS + form) * LETTERS


@njit(cache=True)
def _distance(letters, lengths, masks, a, b, form):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    return _osa(letters, _at(a, form), lengths[a, form], _at(b, form), lengths[b, form], masks)


@njit(cache=True)
def _same(letters, lengths, a, b, form):  # type: ignore[no-untyped-def]
    n, one, two = lengths[a, form], _at(a, form), _at(b, form)
    if n != lengths[b, form]:
        return False
    for i in range(n):
        if letters[one + i] != letters[two + i]:
            return False
    return True


@njit(cache=True)
def _alike(letters, lengths, masks, a, b, form, near):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Half the edit distance on a form, half `near`, that on its classes of near sounds: `likeness.sounds_alike`."""
    if _same(letters, lengths, a, b, form):
        return 1.0
    far = _distance(letters, lengths, masks, a, b, form)
    return 1.0 - (far + near) / (2.0 * max(lengths[a, form], lengths[b, form]))


@njit(cache=True)
def _arabic_alike(letters, lengths, masks, a, b, near):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    alike = _alike(letters, lengths, masks, a, b, ARABIC, near)
    n, m = lengths[a, BONES], lengths[b, BONES]
    if min(n, m) < 3:
        return alike
    return max(alike, _CONSONANTS_ONLY * (1.0 - _distance(letters, lengths, masks, a, b, BONES) / max(n, m)))


@njit(cache=True)
def _whole(letters, lengths, traits, masks, a, b, near):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    if _same(letters, lengths, a, b, PLAIN):
        return 1.0
    if traits[a, ABJAD] != traits[b, ABJAD]:
        return _arabic_alike(letters, lengths, masks, a, b, near)
    folded = _alike(letters, lengths, masks, a, b, SOUNDS, near)
    if traits[a, SCRIPT] != traits[b, SCRIPT]:
        return folded
    plain = 1.0 - _distance(letters, lengths, masks, a, b, PLAIN) / max(lengths[a, PLAIN], lengths[b, PLAIN])
    return max(folded * _FOLDED_ONLY, plain)


@njit(cache=True)
def _whole_or_stem(letters, lengths, traits, masks, a, b, near):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """`near` is the distance of the classes of the stems, which are those of the words where neither has an ending."""
    one, two = traits[a, KIND], traits[b, KIND]
    if one == two == _WORD:
        return _whole(letters, lengths, traits, masks, a, b, near)
    whole = _whole(letters, lengths, traits, masks, a, b, _distance(letters, lengths, masks, a, b, CLASSES))
    stem = _alike(letters, lengths, masks, a, b, STEM, near)
    if one != two:
        factor = _PATRONYMIC_OTHER if _PATRONYMIC in (one, two) else _ENDING
        return max(whole, stem) * factor
    same_sex = traits[a, SEX] == traits[b, SEX]
    if traits[a, STYLE] == traits[b, STYLE] and same_sex:
        return min(whole, stem) if one == _PATRONYMIC else (whole + stem) / 2.0
    return max(whole, stem) * (_OTHER_STYLE if same_sex else _ENDING)


@njit(cache=True)
def _initial(letters, traits, a, b):  # type: ignore[no-untyped-def]
    one, two = traits[a, INITIAL_SOUND], traits[b, INITIAL_SOUND]
    if one == two or letters[_at(a, PLAIN)] == letters[_at(b, PLAIN)]:
        return 1.0 if traits[a, KIND] == traits[b, KIND] else _INITIAL_AGREES
    pair = (min(one, two) << 8) | max(one, two)
    place = np.searchsorted(_NEAR, pair)
    return _INITIAL_NEAR if place < len(_NEAR) and _NEAR[place] == pair else _INITIAL_DIFFERS


@njit(cache=True)
def _ones(bits):  # type: ignore[no-untyped-def]
    """How many bits are set (Warren 2013, Hacker's Delight, figure 5-2)."""
    bits -= (bits >> np.uint64(1)) & np.uint64(0x5555555555555555)
    bits = (bits & np.uint64(0x3333333333333333)) + ((bits >> np.uint64(2)) & np.uint64(0x3333333333333333))
    bits = (bits + (bits >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((bits * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True)
def _far(stems, stem_lengths, a, b):  # type: ignore[no-untyped-def]
    """Whether two words are too unlike to be measured, from the letters of their stems alone, in whatever order.

    A letter that one has oftener than the other costs an edit, so this never says more than the edit distance.
    """
    one, two = stems[a], stems[b]
    if (one | two) & INITIAL_BIT:
        return False
    left, right, longest = one & ~two, two & ~one, max(stem_lengths[a], stem_lengths[b])
    if 5 * max(_ones(left & CONSONANT_BITS), _ones(right & CONSONANT_BITS)) >= 2 * longest:
        return True
    if (one ^ two) & ABJAD_BIT:  # vowels are not written on one side
        return False
    return 2 * max(_ones(left & LETTER_BITS), _ones(right & LETTER_BITS)) >= longest


@njit(cache=True)
def _word_likeness(letters, lengths, traits, masks, a, b):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    if traits[a, KIND] == _INITIAL or traits[b, KIND] == _INITIAL:
        return _initial(letters, traits, a, b)
    near = _distance(letters, lengths, masks, a, b, STEM_CLASSES)
    alike = _whole_or_stem(letters, lengths, traits, masks, a, b, near)
    if traits[a, KNOWN] and traits[b, KNOWN] and not _same(letters, lengths, a, b, SOUNDS):
        return min(_NEAR_KNOWN if alike >= _NEARLY_ONE else _OTHER_KNOWN, alike)
    if traits[a, SECOND_HALF] and traits[b, SECOND_HALF] and traits[a, SECOND_HALF] != traits[b, SECOND_HALF]:
        return min(_SECOND_HALF, alike)
    return alike


@njit(cache=True)
def _likeness(vocabulary, scratch, a, b):  # type: ignore[no-untyped-def]
    """The likeness of two words, looked up where it was measured lately (pairs that share a place displace another).

    `vocabulary` and `scratch` are the tuples that `name_scores` and `_scratch` make.
    """
    if a == b:
        return 1.0
    letters, lengths, traits, stems, stem_lengths = vocabulary
    masks, known, likenesses = scratch
    if _far(stems, stem_lengths, a, b):
        return _FAR_LIKENESS
    pair = np.int64(min(a, b)) * len(stems) + max(a, b)
    place = (np.uint64(pair) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - _REMEMBERED_BITS)
    if known[place] != pair:
        known[place] = pair
        likenesses[place] = _word_likeness(letters, lengths, traits, masks, a, b)
    return likenesses[place]


@njit(cache=True)
def _evidence(alike):  # type: ignore[no-untyped-def]
    if alike >= 1.0:
        return _EVIDENCE[-1]
    place = 0
    while place < len(_LIKENESS) - 2 and alike >= _LIKENESS[place + 1]:
        place += 1
    share = (alike - _LIKENESS[place]) / (_LIKENESS[place + 1] - _LIKENESS[place])
    return _EVIDENCE[place] + share * (_EVIDENCE[place + 1] - _EVIDENCE[place])


@njit(cache=True)
def _may_meet(one, two, sure, alike):  # type: ignore[no-untyped-def]
    """Whether two words in these roles may be set against each other."""
    if one == two:
        return True
    if sure:
        if _R_INITIAL not in (one, two) or _R_FAMILY in (one, two):
            return False
    return alike >= _CROSS or _R_PATRONYMIC not in (one, two)


@njit(cache=True)
def _name_score(  # type: ignore[no-untyped-def]  # noqa: PLR0912, PLR0917
    vocabulary, rarity, words, roles, counts, sure, kin, joined, joined_lengths, p, q, alike, left_free, right_free,
    scratch,
):  # fmt: skip
    """Evidence in nats that names p and q are one person's: greedy alignment from the likest words down.

    Long because the alignment, its weighing and the test for words written together share their arrays.
    """
    if (kin[p] == 0) != (kin[q] == 0):
        return NOTHING
    if kin[p] != kin[q]:
        return _OTHER_KIN
    n, m = counts[p], counts[q]
    both_sure = sure[p] == 1 and sure[q] == 1
    for i in range(n):
        for j in range(m):
            found = _likeness(vocabulary, scratch, words[p, i], words[q, j])
            alike[i, j] = found if _may_meet(roles[p, i], roles[q, j], both_sure, found) else -1.0
    left_free[:], right_free[:] = True, True
    score, aligned, spelt_out, agreeing, held_back, against = 0.0, 0, 0, 0, 0.0, 0.0
    for _ in range(min(n, m)):
        best, at_i, at_j = -1.0, -1, -1
        for i in range(n):
            for j in range(m):
                if left_free[i] and right_free[j] and alike[i, j] > best:
                    best, at_i, at_j = alike[i, j], i, j
        if at_i < 0:
            break
        left_free[at_i], right_free[at_j] = False, False
        aligned += 1
        if _R_INITIAL not in (roles[p, at_i], roles[q, at_j]):
            spelt_out += 1
        weight = _evidence(best)
        if weight > 0:
            common = min(rarity[words[p, at_i]], rarity[words[q, at_j]])
            weight = weight / _MOST_EVIDENCE * common
            if roles[p, at_i] == _R_PATRONYMIC and roles[q, at_j] == _R_PATRONYMIC:
                weight *= _PATRONYMIC_FOR
            score += weight * _FOR_AFTER[agreeing]
            held_back += weight * (1.0 - _FOR_AFTER[agreeing])
            agreeing += 1
        elif roles[p, at_i] == _R_GIVEN and roles[q, at_j] == _R_GIVEN and (both_sure or at_i == at_j == 0):
            against += weight * _AGAINST * _GIVEN_AGAINST
        else:
            against += weight * _AGAINST
    score += against + held_back * max(0.0, 1.0 + against / _CLEARLY_AGAINST)
    if spelt_out < 2:
        score += _ONE_WORD * min(1.0, max(0.0, 1.0 + score / _LITTLE_AGAINST))
    for i in range(n):
        if left_free[i]:
            score += _MISSING[roles[p, i]]
    for j in range(m):
        if right_free[j]:
            score += _MISSING[roles[q, j]]
    if n != m and abs(joined_lengths[p] - joined_lengths[q]) <= 2 and min(joined_lengths[p], joined_lengths[q]) > 5:
        total, masks = max(joined_lengths[p], joined_lengths[q]), scratch[0]
        at_p, at_q = np.int64(p) * 2 * JOINED_LETTERS, np.int64(q) * 2 * JOINED_LETTERS
        one = _osa(joined, at_p, joined_lengths[p], at_q, joined_lengths[q], masks)
        at_p, at_q = at_p + JOINED_LETTERS, at_q + JOINED_LETTERS
        two = _osa(joined, at_p, joined_lengths[p], at_q, joined_lengths[q], masks)
        share = 1.0 - (one + two) / (2.0 * total)
        if share >= _PARTED:
            fewer = p if n < m else q
            whole = 0.0
            for i in range(min(n, m)):
                whole += rarity[words[fewer, i]]
            together = whole * _evidence(share) / _MOST_EVIDENCE
            return max(score, together + _ONE_WORD if min(n, m) == 1 else together)
    return score if aligned else NOTHING


@njit(cache=True)
def _scratch():  # type: ignore[no-untyped-def]
    """Where in a word each ASCII letter stands, and pairs of words measured lately with their likeness."""
    kept = 1 << _REMEMBERED_BITS
    return np.zeros(_ASCII, dtype=np.uint64), np.full(kept, -1, dtype=np.int64), np.empty(kept)


@njit(cache=True, nogil=True)
def _score_pairs(  # type: ignore[no-untyped-def]  # noqa: PLR0917
    vocabulary, rarity, words, roles, counts, sure, kin, joined, joined_lengths, first, left, right, out
):
    alike = np.empty((WORDS, WORDS))
    left_free, right_free = np.empty(WORDS, dtype=np.bool_), np.empty(WORDS, dtype=np.bool_)
    scratch = _scratch()
    for pair in range(len(left)):
        out[pair] = NOTHING
        for p in range(first[left[pair]], first[left[pair] + 1]):
            for q in range(first[right[pair]], first[right[pair] + 1]):
                found = _name_score(
                    vocabulary, rarity, words, roles, counts, sure, kin, joined, joined_lengths, p, q,
                    alike, left_free, right_free, scratch,
                )  # fmt: skip
                out[pair] = max(out[pair], found)


def name_scores(spellings: Spellings, left: ArrayLike, right: ArrayLike) -> NDArray[np.float64]:
    """Evidence in nats from names, for pairs of records by position: best over all their names, `NOTHING` if none.

    Many pairs are scored by as many threads as there are processors; the result does not depend on how many.
    """
    s = spellings
    stem_lengths = np.ascontiguousarray(s.lengths[:, STEM_CLASSES])
    vocabulary = (s.letters.ravel(), s.lengths, s.traits, s.stems, stem_lengths)
    names = (s.rarity, s.words, s.roles, s.counts, s.sure, s.kin, s.joined.ravel(), s.joined_lengths, s.first)
    lefts, rights = np.asarray(left, dtype=np.int64), np.asarray(right, dtype=np.int64)
    found = np.empty(len(lefts))

    def score(some: slice) -> None:
        _score_pairs(vocabulary, *names, lefts[some], rights[some], found[some])

    parts = [slice(at, at + _PART) for at in range(0, len(lefts), _PART)]
    if len(parts) < 2:
        score(slice(None))
        return found
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(score, parts))
    return found


def word_likeness(spellings: Spellings, left: int, right: int) -> float:
    """Likeness of two words of the vocabulary, by number; for the test that holds this file to `names`."""
    s, masks = spellings, np.zeros(_ASCII, dtype=np.uint64)
    if left == right:
        return 1.0
    if _far(s.stems, s.lengths[:, STEM_CLASSES], left, right):
        return _FAR_LIKENESS
    return float(_word_likeness(s.letters.ravel(), s.lengths, s.traits, masks, left, right))
