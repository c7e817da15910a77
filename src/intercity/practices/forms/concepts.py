"""Choosing what a text is about: concepts that its words propose first, then all by group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.utils.translation import get_language

from intercity.languages.models import Text
from intercity.practices.vocabulary import Concept, concepts, concepts_for, tops, under

MOST_PROPOSED = 8


@dataclass(frozen=True)
class Offered:
    """A concept to tick, by its name in the reader's language or, where it has none there, in English."""

    id: str
    label: str
    language: str
    is_chosen: bool


@dataclass(frozen=True)
class OfferedGroup:
    """A group of concepts; open where one of them is ticked."""

    label: str
    language: str
    offered: list[Offered]

    @property
    def is_open(self) -> bool:
        """Whether something in it is ticked."""
        return any(one.is_chosen for one in self.offered)


class ConceptsForm(forms.Form):
    """A form with a field `concepts`; each concept is offered once."""

    def offer(self, told: Iterable[Text | None]) -> None:
        """Let every concept be chosen, those first that these texts are about."""
        self.likely = _likely([text for text in told if text is not None and text.body])
        field = self.fields["concepts"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(one.id, one.id) for one in concepts().values() if one.broader]

    @property
    def proposed(self) -> list[Offered]:
        """What the words are about, as the computer reads them."""
        return [self._offered(one) for one in self.likely]

    @property
    def by_group(self) -> list[OfferedGroup]:
        """Everything else, under its group."""
        language, first = get_language() or "en", {one.id for one in self.likely}
        return [
            OfferedGroup(
                top.label(language),
                top.language(language),
                [self._offered(one) for one in under(top.id) if one.id not in first],
            )
            for top in tops()
        ]

    def _offered(self, concept: Concept) -> Offered:
        language = get_language() or "en"
        chosen = [str(one) for one in self["concepts"].value() or []]
        return Offered(concept.id, concept.label(language), concept.language(language), concept.id in chosen)


def _likely(told: list[Text]) -> list[Concept]:
    """Read together as far as they are in the language of the first."""
    if not told:
        return []
    words = "\n".join(text.body for text in told if text.language == told[0].language)
    return [concept for concept, _likeness in concepts_for(words, told[0].language, MOST_PROPOSED)]
