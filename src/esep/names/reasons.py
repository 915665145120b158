"""Reasons in words for a comparison of names; they never contain the names themselves."""

from __future__ import annotations

from esep.names.alignment import Aligned, Alignment
from esep.names.likeness import is_abbreviation, is_short_form
from esep.names.parts import NameParts, Role

_NAMES: dict[Role, str] = {
    "given": "given name",
    "family": "family name",
    "patronymic": "patronymic",
    "initial": "initial",
    "unknown": "name",
}
_ALIKE = 0.85
_DOUBTFUL = 0.7


def pair_reason(pair: Aligned, part: Role) -> str:
    """What setting two words against each other showed, as in «same family name in another script»."""
    name = _NAMES[part]
    if "initial" in (pair.left.kind, pair.right.kind):
        return _initial_reason(pair, name)
    if is_abbreviation(pair.left, pair.right) or is_abbreviation(pair.right, pair.left):
        said = f"{name} abbreviated on one side"
    elif is_short_form(pair.left, pair.right) or is_short_form(pair.right, pair.left):
        said = f"everyday form of the {name} on one side"
    elif pair.left.plain == pair.right.plain and pair.left.script == pair.right.script:
        said = f"same {name}"
    elif pair.left.sounds == pair.right.sounds or pair.left.plain == pair.right.plain:
        said = f"same {name} in another {'script' if pair.left.script != pair.right.script else 'spelling'}"
    elif pair.left.stem == pair.right.stem and pair.left.kind != "word":
        said = f"same {name} but for the ending{_sexes(pair)}"
    elif pair.likeness >= _ALIKE:
        said = f"nearly the same {name}"
    else:
        said = f"{name} {'doubtful' if pair.likeness >= _DOUBTFUL else 'differs'}"
    return said + _roles(pair)


def _initial_reason(pair: Aligned, name: str) -> str:
    if pair.left.kind == pair.right.kind:
        return "same initial" if pair.likeness > _DOUBTFUL else "initial differs"
    return f"initial of the {name} agrees" if pair.likeness > _DOUBTFUL else f"initial of the {name} differs"


def _sexes(pair: Aligned) -> str:
    return " (feminine and masculine form)" if {pair.left.sex, pair.right.sex} == {"m", "f"} else ""


def _roles(pair: Aligned) -> str:
    roles = {pair.left_role, pair.right_role} - {"unknown", "initial"}
    if len(roles) < 2:
        return ""
    one, two = sorted(_NAMES[role] for role in roles)
    return f", which stands as {one} on one side and as {two} on the other"


def left_over_reasons(alignment: Alignment) -> list[str]:
    """Parts that only one side has: missing there, not different."""
    roles = [role for _, role in (*alignment.left_over, *alignment.right_over)]
    named = dict.fromkeys("further " + _NAMES[role] if role == "unknown" else _NAMES[role] for role in roles)
    return [f"{name} missing on one side" for name in named]


def order_reason(alignment: Alignment, left: NameParts, right: NameParts) -> list[str]:
    """Whether the aligned words stand in another order."""
    places = [(left.tokens.index(pair.left), right.tokens.index(pair.right)) for pair in alignment.aligned
              if pair.left in left.tokens and pair.right in right.tokens]  # fmt: skip
    order = [place for _, place in sorted(places)]
    return ["words in another order"] if order != sorted(order) else []
