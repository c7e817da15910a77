"""The form that makes invitations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from intercity.cities.models import City
from intercity.dialogues.actions.joining import MOST_CODES
from intercity.dialogues.forms.choices import call_needed
from intercity.dialogues.models import Dialogue


class InviteForm(forms.Form):
    """How many codes, for whom, and under which name they are listed."""

    city = forms.ModelChoiceField(
        label=gettext_lazy("For the people of"),
        help_text=gettext_lazy("Whoever uses the code counts for this city."),
        queryset=City.objects.none(),
    )
    number = forms.IntegerField(label=gettext_lazy("How many codes"), min_value=1, max_value=MOST_CODES, initial=10)
    most_uses = forms.IntegerField(
        label=gettext_lazy("How many people may use each code"),
        help_text=gettext_lazy("1 for letters to single people; more, or nothing for no limit, for a poster."),
        min_value=1,
        max_value=1_000_000,
        initial=1,
        required=False,
    )
    sheet = forms.CharField(
        label=gettext_lazy("Name of the sheet"),
        help_text=gettext_lazy(
            "By which you find it again, for example “Library, March”. Participants do not see it."
        ),
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, dialogue: Dialogue, cities: Any, *args: Any, everybody: bool, **kwargs: Any) -> None:
        """For the cities for which the person may invite; with `everybody`, for no city in particular, too."""
        super().__init__(*args, **kwargs)
        self.dialogue = dialogue
        city = self.fields["city"]
        if isinstance(city, forms.ModelChoiceField):
            city.queryset = cities
            city.required = not everybody
            call_needed(self, "city")
            city.empty_label = gettext("all cities") if everybody else "—"

    def clean_sheet(self) -> str:
        """A name that no other sheet of this dialogue has: codes are withdrawn by it."""
        sheet = str(self.cleaned_data["sheet"])
        if self.dialogue.invitations.filter(sheet=sheet).exists():
            raise ValidationError(gettext("There is a sheet of this name already. Choose another name."))
        return sheet
