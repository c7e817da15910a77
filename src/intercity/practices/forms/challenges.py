"""Forms of challenges: a city's problem in its own words, and what it is about."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from intercity.accounts.rights import Visitor
from intercity.cities.models import City
from intercity.cities.rights import writable_cities
from intercity.practices.forms.choices import (
    CityChoice,
    answered,
    language_choices,
    line_input,
    other_language,
    reader_language,
    words_input,
)
from intercity.practices.forms.concepts import ConceptsForm
from intercity.practices.forms.writing import lines
from intercity.practices.models import Challenge, ChallengeState

TOLD = ("title", "description")
"""What is told in words."""


class ChallengeForm(forms.Form):
    """What is wrong, in one line and in own words."""

    city = CityChoice(label=_("City"), queryset=City.objects.none())
    title = forms.CharField(
        label=_("The problem, in one line"),
        help_text=_("As you would say it to a colleague: “Our market floods every month”."),
        max_length=160,
        widget=line_input(),
    )
    description = forms.CharField(
        label=_("In your own words"),
        help_text=_(
            "Since when, for whom, what was tried, what stands in the way: money, law, people, knowledge. "
            "The more you tell, the better the practices fit that are found for you."
        ),
        max_length=8000,
        required=False,
        widget=words_input(6),
    )
    language = forms.ChoiceField(
        label=_("Language of your words"),
        help_text=_("Write in the language you know best. Others read it in theirs."),
    )
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    begun_with = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, person: Visitor, challenge: Challenge | None, *args: Any, **kwargs: Any) -> None:
        """With the cities for which `person` may write; a challenge stays with its city."""
        kwargs["initial"] = _stored(challenge) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        choices = language_choices(*([challenge.title.language] if challenge else []))
        self.codes = [code for code, _name in choices]
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = choices
        self.stored = {name: text for name in TOLD if challenge and (text := getattr(challenge, name))}
        self.was = challenge.title.language if challenge else reader_language(choices)
        language.initial = self.was
        city = self.fields["city"]
        if challenge is not None:
            del self.fields["city"], self.fields["begun_with"]
        elif isinstance(city, forms.ModelChoiceField):
            city.queryset = writable_cities(person)
            own = list(city.queryset[:2])
            city.initial = own[0].pk if len(own) == 1 else None

    def looks_like(self) -> str:
        """The language of the words as it is recognised, where another one was chosen for them."""
        given = self.cleaned_data
        words = f"{given['title']}\n{given['description']}"
        return other_language(words, given["language"], self.codes, str(self.data.get("confirmed", "")))

    def look_again(self, **answers: str) -> None:
        """Shown again with other hidden answers."""
        self.data = answered(self.data, **answers)

    def said(self) -> dict[str, Any]:
        """What is told, as the actions take it; words that stand there already stay as somebody wrote them."""
        given = self.cleaned_data
        told = {name: (given["language"], lines(given[name])) for name in TOLD if self._is_said(name)}
        return {**told, **{name: given[name] for name in ("concepts", "source", "state") if name in given}}

    def _is_said(self, name: str) -> bool:
        """Whether words are other than those that stand there, or are said to be in another language."""
        text, chosen = self.stored.get(name), self.cleaned_data["language"]
        if text is None:
            return True
        return lines(text.body) != lines(self.cleaned_data[name]) or chosen not in {text.language, self.was}


class EditChallengeForm(ChallengeForm, ConceptsForm):
    """With what it is about, proposed from the words, and how it stands."""

    concepts = forms.MultipleChoiceField(
        label=_("What it is about"),
        help_text=_("At most ten. By these, practices in every language are found for it."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    source = forms.CharField(
        label=_("Where more is written"),
        help_text=_("The address of a page or the name of a report."),
        max_length=300,
        required=False,
        widget=line_input(),
    )
    state = forms.ChoiceField(label=_("How it stands"), choices=ChallengeState.choices, widget=forms.RadioSelect)

    def __init__(self, person: Visitor, challenge: Challenge, *args: Any, **kwargs: Any) -> None:
        """With every concept to choose from, those that the words are about first."""
        super().__init__(person, challenge, *args, **kwargs)
        self.offer([challenge.title, challenge.description])


class CloseForm(forms.Form):
    """How a challenge ended."""

    state = forms.ChoiceField(
        label=_("Why do you close it?"),
        choices=[(one.value, one.label) for one in (ChallengeState.ANSWERED, ChallengeState.CLOSED)],
        initial=ChallengeState.ANSWERED,
        widget=forms.RadioSelect,
    )


def _stored(challenge: Challenge | None) -> dict[str, Any]:
    if challenge is None:
        return {}
    return {
        "title": challenge.title.body,
        "description": challenge.description.body if challenge.description else "",
        "concepts": challenge.concepts,
        "source": challenge.source,
        "state": challenge.state,
        "version": challenge.version,
    }
