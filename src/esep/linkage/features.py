"""What is compared and blocked on: one row of plain columns a record, made once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa

from esep.linkage.ages import Born, age_day, born, read_when
from esep.linkage.records import Record
from esep.linkage.spellings import Names, names_of
from esep.names import search_key
from esep.names.features import features, shown_sex
from esep.names.parts import NameParts
from esep.names.tokens import sound_classes, without_vowels
from esep.places import base_gazetteer

_SEXES = {
    "m": "m male man boy м муж мужской мужчина ер еркек er erkek ذكر h homme masculin",
    "f": "f female woman girl ж жен женский женщина әйел қыз ayel kadin أنثى انثى femme feminin w weiblich",
}
_SEX_OF = {word: sex for sex, words in _SEXES.items() for word in words.split()}
_LEAST_PLACE = 3
_CACHED = 1 << 16


@dataclass(frozen=True, slots=True)
class Features:
    """Columns of one record; None or () is «not stated».

    Days are ordinals. `birth_first`, `birth_last` bound the birth, `birth_day` is set when one day is stated and
    `birth_turned` is that day with day and month exchanged; `date_*` are the same for the event.
    `stated_sex` is what the record says, `sex` also what the endings of the name show.
    `keys` are skeletons of the words of all names, `starts` their first sounds; `place` is a search key.
    `kin_words` are the words of the names of kin, `kin` those that are compared: without the person's own words, which
    the names show already (brothers have the family name in common with each other's kin).
    """

    position: int
    list: str
    has_name: bool
    sex: str | None
    stated_sex: str | None
    birth_first: int | None
    birth_last: int | None
    birth_day: int | None
    birth_turned: int | None
    birth_confirmed: bool
    date_first: int | None
    date_last: int | None
    date_day: int | None
    date_turned: int | None
    place: str | None
    place_bones: str | None
    occupation: tuple[str, ...]
    kin: tuple[str, ...]
    kin_words: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    starts: tuple[tuple[str, ...], ...]

    @property
    def is_one_word(self) -> bool:
        """Is one word all that is spelt out of the name?"""
        return self.has_name and all(len(words) < 2 for words in self.keys)


def describe(
    records: Sequence[Record],
    names: Iterable[Names] | None = None,
    *,
    counted_on: date | None = None,
    first: int = 0,
) -> tuple[Features, ...]:
    """Columns of all records, in their order.

    `names` as `names_of` gives them, when they were read before; `counted_on` the day on which ages were counted,
    told from these records when it is not given; `first` the position of the first of them.
    """
    day = counted_on or age_day(records)
    read = map(names_of, records) if names is None else names
    both = enumerate(zip(records, read, strict=True), start=first)
    return tuple(_describe(record, place, names=its, counted_on=day) for place, (record, its) in both)


def _describe(record: Record, position: int, *, names: Names, counted_on: date) -> Features:
    birth, event = born(record, counted_on=counted_on), _event(record)
    stated = sex_of(record.sex)
    place, bones = _place(record.place)
    kin_words = _kin_words(record, names)
    return Features(
        position=position,
        list=record.list,
        has_name=bool(names),
        sex=stated or _shown_sex(names),
        stated_sex=stated,
        birth_first=birth.earliest if birth else None,
        birth_last=birth.latest if birth else None,
        birth_day=_ordinal(birth.day if birth else None),
        birth_turned=_ordinal(turned(birth.day if birth else None)),
        birth_confirmed=record.birth_confirmed,
        date_first=event.earliest if event else None,
        date_last=event.latest if event else None,
        date_day=_ordinal(event.day if event else None),
        date_turned=_ordinal(turned(event.day if event else None)),
        place=place,
        place_bones=bones,
        occupation=_words(record.occupation),
        kin=_other_words(kin_words, names),
        kin_words=kin_words,
        keys=tuple(_skeletons(name) for name in names),
        starts=tuple(_starts(name) for name in names),
    )


def sex_of(text: str) -> str | None:
    """Read m or f from the words that lists use in several languages, None for anything else."""
    return _SEX_OF.get(text.strip().casefold().rstrip("."))


def turned(day: date | None) -> date | None:
    """The day with day and month exchanged, None when that is no date or the same one."""
    if day is None or day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _event(record: Record) -> Born | None:
    when = read_when(record.date)
    if when is None or when.earliest is None or when.latest is None:
        return None
    return Born(when.earliest.toordinal(), when.latest.toordinal(), when.earliest if when.precision == "day" else None)


def _shown_sex(names: Names) -> str | None:
    """Sex that the names' endings show; None for a name of a relative, whose endings show the relative's."""
    shown = {sex for name in names if name.kin is None and (sex := shown_sex(name))}
    return shown.pop() if len(shown) == 1 else None


@lru_cache(maxsize=_CACHED)
def _place(text: str) -> tuple[str | None, str | None]:
    """Search key of a place and its consonants; a former or foreign name of one known place counts as its name.

    A spelling that the gazetteer does not know, or knows as several settlements, stands for itself.
    """
    key = search_key(text) or None
    if key is None:
        return None, None
    meant = {one.place.id: one.place for one in base_gazetteer().lookup(text) if one.how != "inflected"}
    settlements = [one for one in meant.values() if one.kind == "settlement"]
    if len(settlements) == 1:
        key = search_key(settlements[0].name) or key
    return key, _bones(key)


@lru_cache(maxsize=_CACHED)
def _words(text: str) -> tuple[str, ...]:
    return tuple(sorted(set(search_key(text).split())))


def _bones(place: str) -> str:
    bones = without_vowels(sound_classes(place.replace(" ", "")))
    return bones if len(bones) >= _LEAST_PLACE else place


def _kin_words(record: Record, names: Names) -> tuple[str, ...]:
    """Folded words of the names of kin, and of the relative by whom the person is described."""
    found = {word for text in record.kin for word in features(text).tokens}
    for name in names:
        if name.kin:
            its = zip(name.tokens, name.roles, strict=True)
            found.update(word.stem for word, role in its if role != "initial")
    return tuple(sorted(found))


def _other_words(kin_words: tuple[str, ...], names: Names) -> tuple[str, ...]:
    """Words of kin that are not the person's own; a patronymic stays, because it names the father."""
    if not kin_words:
        return ()
    own = {
        word.stem
        for name in names
        if name.kin is None
        for word, role in zip(name.tokens, name.roles, strict=True)
        if role != "patronymic"
    }
    return tuple(word for word in kin_words if word not in own)


def _skeletons(name: NameParts) -> tuple[str, ...]:
    words = [word for word, role in zip(name.tokens, name.roles, strict=True) if role != "initial"]
    bones = (_skeleton(word.stem_classes) for word in words)
    return tuple(sorted(bone for bone in bones if bone))  # Денис Денисов has one twice


@lru_cache(maxsize=_CACHED)
def _skeleton(classes: str) -> str:
    """All consonants of a stem, near sounds made one, doubled ones once, up to four, after its first vowel if any."""
    merged = without_vowels(classes.replace("c", "x"))
    single = "".join(one for one, before in zip(merged, " " + merged, strict=False) if one != before)
    return ("a" if classes[:1] == "a" else "") + single[:4]


def _starts(name: NameParts) -> tuple[str, ...]:
    words = [word for word, role in zip(name.tokens, name.roles, strict=True) if role != "initial"]
    return tuple(sorted(word.stem_classes[:3] for word in words if len(word.stem_classes) > 1))


def as_table(found: Sequence[Features]) -> pa.Table:
    """The columns that Splink compares, as an Arrow table; `unique_id` is the position."""
    columns: dict[str, tuple[list[Any], Any]] = {"unique_id": ([one.position for one in found], pa.int64())}
    texts, days = ("sex", "place", "place_bones"), ("birth", "date")
    columns["has_name"] = ([one.has_name for one in found], pa.bool_())
    for name in texts:
        columns[name] = ([getattr(one, name) for one in found], pa.string())
    for name in (f"{day}_{part}" for day in days for part in ("first", "last", "day", "turned")):
        columns[name] = ([getattr(one, name) for one in found], pa.int64())
    for name in ("occupation", "kin"):
        columns[name] = ([list(getattr(one, name)) or None for one in found], pa.list_(pa.string()))
    return pa.table({name: pa.array(values, type=kind) for name, (values, kind) in columns.items()})
