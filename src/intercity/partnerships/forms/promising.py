"""What is filled in about commitments: what is promised, how it goes, whether it is so, and why it is changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from intercity.accounts.models import Role
from intercity.accounts.rights import Visitor, has_role
from intercity.cities.models import Cities, City
from intercity.cities.rights import writable_cities
from intercity.partnerships.models import Commitment, ConfirmerKind
from intercity.practices.forms.choices import CityChoice, line_input, words_input
from intercity.practices.forms.saying import SayingForm

SENTENCE, WORDS = 300, 2_000
"""Characters of one sentence, and of a few."""


def day_input() -> forms.DateInput:
    """A day, chosen or typed as 2026-05-17."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TermsForm(SayingForm):
    """What is promised, by whom, until when, how one will know, and who confirms it."""

    SAID: ClassVar[tuple[str, ...]] = ("text", "known_by")

    text = forms.CharField(
        label=_("What is promised, in one sentence"),
        help_text=_("Something that is either done or not done on the day: “Open four drinking fountains.”"),
        max_length=SENTENCE,
        widget=words_input(3),
    )
    owner = forms.CharField(
        label=_("Who does it (an office or a role, not a person)"), max_length=200, widget=line_input()
    )
    mailbox = forms.EmailField(
        label=_("Mailbox of that office"),
        help_text=_("Reminders go there. It is not shown to the public. If it is empty, the city's mailbox is used."),
        required=False,
    )
    due_on = forms.DateField(label=_("Until when"), widget=day_input())
    known_by = forms.CharField(
        label=_("How one will know that it is done"),
        help_text=_("A number, a page, a photograph: something that somebody else can look at."),
        max_length=WORDS,
        widget=words_input(2),
    )
    confirmer = forms.ChoiceField(
        label=_("Who confirms that it is done"),
        help_text=_("It counts as kept only when somebody else says so, never by your own word."),
        choices=ConfirmerKind.choices,
        widget=forms.RadioSelect,
    )
    confirmer_city = CityChoice(
        queryset=City.objects.none(),
        label=_("Which city confirms it"),
        empty_label=_("Choose a city"),
        required=False,
    )
    confirmer_group = forms.CharField(
        label=_("Name of the group of residents"), max_length=200, required=False, widget=line_input()
    )
    confirmer_mailbox = forms.EmailField(
        label=_("E-mail address of the group"),
        help_text=_("They get a letter with a link by which they say whether it is so. It is not shown to anybody."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With the members that can confirm."""
        super().__init__(*args, **kwargs)
        field = self.fields["confirmer_city"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = City.objects.members().prefetch_related("names")

    def terms(self) -> dict[str, Any]:
        """What the actions take."""
        given = self.cleaned_data
        language = given["language"]
        said = {name: (language, given[name]) for name in self.SAID}
        names = ("owner", "mailbox", "due_on", "confirmer", "confirmer_city", "confirmer_group", "confirmer_mailbox")
        return {**said, **{name: given[name] for name in names if name in given}}


class PromiseForm(TermsForm):
    """A new commitment of a city, or of the network itself."""

    city = CityChoice(queryset=City.objects.none(), label=_("Which city promises it"), empty_label=None)
    field_order = ("city", "text")

    def __init__(self, person: Visitor, *args: Any, **kwargs: Any) -> None:
        """With the cities for which the person may speak; the secretariat may speak for the network."""
        super().__init__(*args, **kwargs)
        field = self.fields["city"]
        cities = writable_cities(person)
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = cities
            if has_role(person, Role.SECRETARIAT):
                field.required, field.empty_label = False, _("the network itself")
            elif _is_one(cities):
                field.initial = cities[0].pk


def _is_one(cities: Cities) -> bool:
    return len(cities[:2]) == 1


class ChangeForm(TermsForm):
    """Other terms of a commitment, and why; the history keeps what was promised first."""

    SAID: ClassVar[tuple[str, ...]] = ("text", "known_by", "reason")

    reason = forms.CharField(
        label=_("Why it is changed"),
        help_text=_("Everybody can read it, beside what was promised before."),
        max_length=WORDS,
        widget=words_input(3),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, commitment: Commitment, *args: Any, **kwargs: Any) -> None:
        """Filled with what stands there."""
        names = ("owner", "mailbox", "due_on", "confirmer", "confirmer_city", "confirmer_group", "confirmer_mailbox")
        stored = {
            **{name: getattr(commitment, name) for name in names},
            "text": commitment.text.body,
            "known_by": commitment.known_by.body if commitment.known_by else "",
            "language": commitment.text.language,
            "version": commitment.version,
        }
        super().__init__(*args, **{**kwargs, "initial": stored})
        self.order_fields(["reason", "due_on"])


class ReportForm(SayingForm):
    """How it goes, and whether it is done."""

    SAID: ClassVar = ("text",)

    text = forms.CharField(
        label=_("How it goes"),
        help_text=_("What was done, what is missing, what was difficult."),
        max_length=WORDS,
        widget=words_input(4),
    )
    evidence = forms.URLField(
        label=_("Where it can be seen"),
        help_text=_("The address of a page, a document or a photograph."),
        required=False,
        assume_scheme="https",
        max_length=500,
    )
    says_done = forms.BooleanField(label=_("It is done. Somebody else is asked now to confirm it."), required=False)
    done_on = forms.DateField(label=_("On which day it was done"), required=False, widget=day_input())


class VerdictForm(SayingForm):
    """What a second party says of a report that it is done."""

    SAID: ClassVar = ("reason",)

    is_so = forms.TypedChoiceField(
        label=_("Is it done?"),
        choices=[("yes", _("Yes, it is done")), ("no", _("No, not yet"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("How you know, or what is missing"),
        help_text=_("Needed where you say no. Everybody can read it."),
        max_length=WORDS,
        required=False,
        widget=words_input(3),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def reason_given(self) -> tuple[str, str] | None:
        """Language and words, where there are some."""
        given = self.cleaned_data
        return (given["language"], given["reason"]) if given["reason"] else None


class ReasonForm(SayingForm):
    """Why something is dropped, taken up again, or closed."""

    SAID: ClassVar = ("reason",)

    reason = forms.CharField(
        label=_("Why"), help_text=_("Everybody can read it."), max_length=WORDS, widget=words_input(3)
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def reason_given(self) -> tuple[str, str]:
        """Language and words."""
        return self.cleaned_data["language"], self.cleaned_data["reason"]
