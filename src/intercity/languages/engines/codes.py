"""How an engine spells a language that we spell otherwise."""

from __future__ import annotations

from collections.abc import Iterable

SPELLINGS = {
    "zh": ("zh", "zh-hans", "zh-cn"),
    "zh-hans": ("zh-hans", "zh-cn", "zh"),
    "zh-hant": ("zh-hant", "zh-tw"),
    "fil": ("fil", "tl"),
    "tl": ("tl", "fil"),
    "no": ("no", "nb"),
    "nb": ("nb", "no"),
}


def spelt(code: str, theirs: Iterable[str], first: Iterable[str] = ()) -> str | None:
    """The code among theirs that means our language; None where there is none. Those in `first` are preferred.

    A region falls back to its language (pt-BR to pt), a script does not: simplified Chinese is not traditional.
    """
    by_lower = {one.lower().replace("_", "-"): one for one in theirs}
    ours = code.lower().replace("_", "-")
    wanted = [*first, *SPELLINGS.get(ours, (ours,))]
    language, _, rest = ours.partition("-")
    if len(rest) == 2:
        wanted.append(language)
    return next((by_lower[one] for one in wanted if one in by_lower), None)


def is_same(one: str, other: str) -> bool:
    """Whether two codes mean one language, however they are written and whatever the region."""
    return spelt(one, [other]) is not None or spelt(other, [one]) is not None
