"""Saying what ties two cities together, and what they share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intercity.cities.actions.threads import LONGEST
from intercity.cities.forms.saying import CityChoice, SayingForm, line_input, words_input
from intercity.cities.models import Cities, City, Thread, ThreadKind, TieKind


class ClaimForm(forms.Form):
    """Who says so, and where it can be read."""

    claimed_by = forms.CharField(
        label=_("Who says so"),
        help_text=_("An airline, a railway, an office, a museum, a newspaper."),
        max_length=200,
        widget=line_input(),
    )
    source = forms.CharField(
        label=_("Source"),
        help_text=_("Where it can be read: best an address; or a book or timetable, and its year."),
        max_length=500,
        widget=line_input(),
    )


class RenewTieForm(ClaimForm):
    """A newer source for a tie."""

    as_of = forms.DateField(
        label=_("For which day the source says so"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class TieForm(RenewTieForm):
    """A tie with another member."""

    other = CityChoice(queryset=City.objects.none(), label=_("With which city"), empty_label=_("Choose a city"))
    kind = forms.ChoiceField(label=_("What ties them together"), choices=TieKind.choices)
    note = forms.CharField(
        label=_("More about it"),
        help_text=_("For example: three times a week; only from May to October; a visa is needed."),
        max_length=300,
        required=False,
        widget=line_input(),
    )

    field_order = ("other", "kind", "note")

    def __init__(self, cities: Cities, *args: Any, **kwargs: Any) -> None:
        """With the cities that can be at the other end."""
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = cities


class EditThreadForm(ClaimForm, SayingForm):
    """What two cities share, said otherwise."""

    SAID = ("text",)

    name = forms.CharField(
        label=_("What it is called"),
        help_text=_("As people there call it. For example: bronze drum."),
        max_length=200,
        widget=line_input(),
    )
    text = forms.CharField(
        label=_("What the two cities share, and what differs"), max_length=LONGEST, widget=words_input(6)
    )

    field_order = ("other", "kind", "name", "text", "language")

    def told(self) -> dict[str, Any]:
        """As the actions take it."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"language", "confirmed"}}
        return {**given, "text": (self.cleaned_data["language"], given["text"])}

    @staticmethod
    def of(thread: Thread) -> dict[str, Any]:
        """What is stored, to begin with."""
        words = {"text": thread.text.body, "language": thread.text.language}
        return {"name": thread.name, "claimed_by": thread.claimed_by, "source": thread.source, **words}


class ThreadForm(EditThreadForm):
    """Something shared with another member."""

    other = CityChoice(queryset=City.objects.none(), label=_("With which city"), empty_label=_("Choose a city"))
    kind = forms.ChoiceField(label=_("What it is"), choices=ThreadKind.choices)

    def __init__(self, cities: Cities, *args: Any, **kwargs: Any) -> None:
        """With the cities that can be at the other end."""
        super().__init__(*args, **kwargs)
        self.choose_city("other", cities)
