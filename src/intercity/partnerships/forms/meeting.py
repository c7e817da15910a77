"""What is filled in about events: what came of one, and a table of one's city."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intercity.cities.models import Cities, City
from intercity.dialogues.models import Dialogue
from intercity.events.forms.saying import CityChoice, SayingForm, day_input, hour_input, line_input, words_input
from intercity.events.models import Event
from intercity.languages.network import network_languages
from intercity.partnerships.models import Posting

if TYPE_CHECKING:
    OneDialogue = forms.ModelChoiceField[Dialogue]
    OnePosting = forms.ModelChoiceField[Posting]
else:
    OneDialogue = OnePosting = forms.ModelChoiceField


class DialogueChoice(OneDialogue):
    """Dialogues by their question, as this reader reads it."""

    def label_from_instance(self, obj: Any) -> str:
        """The question."""
        return str(obj.question.words(get_language() or "en", network_languages()).body)


class PostingChoice(OnePosting):
    """Needs and offers by their title, as this reader reads it."""

    def label_from_instance(self, obj: Any) -> str:
        """Need or offer, and its title."""
        title = obj.title.words(get_language() or "en", network_languages()).body
        return f"{obj.get_direction_display()}: {title}"


class OutcomeForm(SayingForm):
    """A sentence about what came of an event; who says so; where it stands."""

    SAID: ClassVar = ("text",)

    text = forms.CharField(
        label=_("What came of it"),
        help_text=_("One sentence, as far as it is known. “The details are not published” is an answer, too."),
        max_length=1000,
        widget=words_input(3),
    )
    claimed_by = forms.CharField(
        label=_("Who says so"),
        help_text=_("An office, a newspaper, a report."),
        max_length=200,
        widget=line_input(),
    )
    source = forms.CharField(
        label=_("Source"), help_text=_("An address, or the name of a report."), max_length=500, widget=line_input()
    )

    field_order = ("text", "language")


class DialogueForm(forms.Form):
    """A dialogue that was opened because of an event."""

    dialogue = DialogueChoice(
        label=_("Dialogue"), queryset=Dialogue.objects.none(), empty_label=_("Choose a dialogue")
    )

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        """With the public dialogues that are not on the list of the event yet."""
        super().__init__(*args, **kwargs)
        field = self.fields["dialogue"]
        named = event.outcomes.filter(dialogue__isnull=False).values("dialogue")
        if isinstance(field, forms.ModelChoiceField):
            public = Dialogue.objects.visible_to(None).exclude(pk__in=named)
            field.queryset = public.select_related("question").prefetch_related("question__translations")


class TableForm(forms.Form):
    """When a city's table is open, where it stands, and what it is about; hours are those of the place."""

    city = CityChoice(label=_("City"), queryset=City.objects.none(), empty_label=_("Choose a city"))
    day = forms.DateField(label=_("Day"), widget=day_input())
    starts_at = forms.TimeField(label=_("Open from"), help_text=_("By the clocks of the place."), widget=hour_input())
    ends_at = forms.TimeField(
        label=_("Open until"), help_text=_("It is cut into conversations of twenty minutes."), widget=hour_input()
    )
    name = forms.CharField(
        label=_("Where it stands"), help_text=_("For example: Hall B, table 4."), max_length=100, required=False,
        widget=line_input(),
    )  # fmt: skip
    posting = PostingChoice(
        label=_("What it is about"),
        queryset=Posting.objects.none(),
        required=False,
        empty_label=_("No need or offer in particular"),
    )

    def __init__(self, event: Event, cities: Cities, *args: Any, **kwargs: Any) -> None:
        """With the cities whose table one may open, and their open needs and offers."""
        kwargs["initial"] = {"day": event.starts_on, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        city, posting = self.fields["city"], self.fields["posting"]
        if isinstance(city, forms.ModelChoiceField) and isinstance(posting, forms.ModelChoiceField):
            city.queryset = cities
            own = list(cities[:2])
            city.initial = own[0].pk if len(own) == 1 else None
            posting.queryset = Posting.objects.open().filter(city__in=cities).with_words()

    def said(self) -> dict[str, Any]:
        """What is told, as the action takes it, beside the city."""
        given = self.cleaned_data
        return {
            "starts_at": datetime.combine(given["day"], given["starts_at"]),
            "ends_at": datetime.combine(given["day"], given["ends_at"]),
            "name": given["name"],
            "posting": given["posting"],
        }
