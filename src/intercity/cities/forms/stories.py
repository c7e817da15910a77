"""Telling a story: by an office for a teller, or by a resident; and taking it back."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.cities.actions.stories import LONGEST, LONGEST_TITLE, consent_sentence
from intercity.cities.forms.saying import CityChoice, SayingForm, languages_to_choose, line_input, words_input
from intercity.cities.models import Cities, City

LICENCES = [
    ("CC-BY-4.0", _("CC BY 4.0: everybody may use it and says where it is from")),
    ("CC-BY-SA-4.0", _("CC BY-SA 4.0: the same, and what is made of it stays as free")),
    ("CC-BY-NC-4.0", _("CC BY-NC 4.0: everybody may use it, but not to earn money")),
    ("CC0-1.0", _("CC0: everybody may use it without conditions")),
]


class StoryForm(SayingForm):
    """What every story has. `key` makes a form that is sent twice one story."""

    SAID = ("title", "text")

    city = CityChoice(queryset=City.objects.none(), label=_("Of which city"), empty_label=_("Choose a city"))
    title = forms.CharField(label=_("What the story is called"), max_length=LONGEST_TITLE, widget=line_input())
    text = forms.CharField(label=_("The story"), max_length=LONGEST, widget=words_input(14))
    community = forms.CharField(
        label=_("Whose story it is"),
        help_text=_("A village, a people, a guild, a family. It is shown with the story."),
        max_length=200,
        widget=line_input(),
    )
    teller = forms.CharField(
        label=_("Who tells it"),
        help_text=_("Only if they wish to be named. It is shown to everybody."),
        max_length=200,
        required=False,
        widget=line_input(),
    )
    audio = forms.URLField(
        label=_("Address of a recording"),
        help_text=_("Where it can be heard on the web. Nothing of it is loaded before somebody wants to hear it."),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    audio_language = forms.ChoiceField(label=_("Language of the recording"), required=False)
    audio_kilobytes = forms.IntegerField(
        label=_("Size of the recording in KB"),
        help_text=_("People on slow lines look at it first. 1 MB is 1,000 KB."),
        min_value=1,
        max_value=10_000_000,
        required=False,
    )
    licence = forms.ChoiceField(label=_("How others may use it"), choices=LICENCES)
    key = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    field_order = ("city", "title", "text", "language")

    def __init__(self, cities: Cities, *args: Any, **kwargs: Any) -> None:
        """With the cities whose story it can be."""
        super().__init__(*args, **kwargs)
        self.choose_city("city", cities)
        self.choose("audio_language", [("", "—"), *languages_to_choose()])
        self.fields["key"].initial = secrets.token_urlsafe(24)

    def told(self) -> dict[str, Any]:
        """As the actions take it."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"language", "confirmed"}}
        language = self.cleaned_data["language"]
        return {**given, "title": (language, given["title"]), "text": (language, given["text"])}


class WrittenStoryForm(StoryForm):
    """A story that an office writes down for somebody."""

    consent = forms.CharField(
        label=_("How consent was given"),
        help_text=_(
            "For example: in person on 3 May 2026, signed paper in the office. Without it nothing is shown. "
            "It is kept, and not shown to the public."
        ),
        max_length=1000,
        widget=words_input(3),
    )


class SentStoryForm(StoryForm):
    """A story that somebody sends in without an account."""

    has_consent = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With the sentence to which they say yes."""
        super().__init__(*args, **kwargs)
        self.fields["has_consent"].label = consent_sentence(timezone.localdate().isoformat())


class TakeBackForm(forms.Form):
    """The code that came with a story."""

    code = forms.CharField(
        label=_("Code of your story"),
        help_text=_("Ten letters and digits. Large or small letters and hyphens do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr"}),
    )
