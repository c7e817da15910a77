"""A search among some things of one kind only, such as those that a person's filters leave."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from intercity.languages import word_index
from intercity.languages.models import Findable
from intercity.languages.vectors import Near

FEW = 2_000
"""Up to so many things the database looks for words among them only, and every vector of theirs is compared."""
WIDE = 3_000
"""Of more things, so many passages are found first among all of the kind, and the others are then left out."""


class Within(Protocol):
    """The things to search among, by their keys. What is computed from a database need not be read as a whole."""

    def few(self, most: int) -> Sequence[str] | None:
        """All of the keys, if they are at most so many; else None."""

    def among(self, keys: Collection[str]) -> Collection[str]:
        """Which of these keys belong to it."""


@dataclass(frozen=True)
class These:
    """Some keys that are known already."""

    keys: frozenset[str]

    def few(self, most: int) -> Sequence[str] | None:
        """All of them, if they are few."""
        return sorted(self.keys) if len(self.keys) <= most else None

    def among(self, keys: Collection[str]) -> Collection[str]:
        """Those that are both here and there."""
        return self.keys.intersection(keys)


@dataclass
class Scope:
    """Where one query looks: `kinds`, and of these things `only` some if they are few, or what `within` keeps."""

    kinds: Sequence[str]
    only: Sequence[int] | None = None
    within: Within | None = None
    _known: dict[int, bool] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be found at all."""
        return self.only is not None and not self.only

    def most(self, usual: int) -> int:
        """How many passages to look at: more, where some of them are left out afterwards."""
        return max(usual, WIDE) if self.within else usual

    def kept(self, things: Iterable[int]) -> set[int]:
        """Which of these things (keys of Findable) may be found."""
        wanted = set(things)
        if self.within is None:
            return wanted
        new = wanted - self._known.keys()
        if new:
            keys = dict(Findable.objects.filter(pk__in=new).values_list("pk", "key"))
            allowed = set(self.within.among(list(keys.values())))
            self._known |= {thing: keys.get(thing) in allowed for thing in new}
        return {thing for thing in wanted if self._known[thing]}

    def words(self, terms: Sequence[str], telling: int) -> list[word_index.Candidate]:
        """Passages that have some of these terms, of which the first `telling` are looked for by themselves."""
        found = word_index.candidates(terms, self.kinds, self.most(word_index.ENOUGH), self.only, telling)
        if self.within is None:
            return found
        kept = self.kept(one.findable for one in found)
        return [one for one in found if one.findable in kept][: word_index.ENOUGH]

    def near(self, found: Near, most: int) -> dict[int, float]:
        """Of passages that mean nearly the same those that may be found, with their cosines, the nearest first."""
        pairs = list(zip(found.passage.tolist(), found.cosine.tolist(), strict=True))
        if self.within is not None:
            things = {passage: thing for passage, (thing, _) in found.there.items()}
            things = things or word_index.things_of(found.passage.tolist())
            kept = self.kept(things.values())
            pairs = [(passage, cosine) for passage, cosine in pairs if things.get(passage) in kept]
        return dict(pairs[:most])


def scope(kinds: Sequence[str], within: Within | Collection[str] | None) -> Scope:
    """Where to look. Raises ValueError for keys without exactly one kind: another kind has the same keys, too."""
    if within is None:
        return Scope(kinds)
    if len(kinds) != 1:
        raise ValueError(f"Keys are of one kind; {len(kinds)} were given.")
    if isinstance(within, Collection):
        within = These(frozenset(within))
    keys = within.few(FEW)
    if keys is None:
        return Scope(kinds, within=within)
    things = Findable.objects.filter(kind=kinds[0], key__in=list(keys)).values_list("pk", flat=True)
    return Scope(kinds, only=list(things))
