"""What is filled in about needs, offers and introductions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from intercity.accounts.rights import Visitor
from intercity.cities.models import City
from intercity.partnerships import facts as facts_of
from intercity.partnerships import vocabulary
from intercity.partnerships.actions.postings import (
    LONGEST_BODY,
    LONGEST_REPLY,
    LONGEST_TITLE,
    MOST_TOPICS,
    LegSaid,
    Terms,
)
from intercity.partnerships.fields import Field, fields
from intercity.partnerships.forms.promising import day_input
from intercity.partnerships.models import Leg, OutcomeAnswer, Posting, PostingKind, Scheme
from intercity.practices import vocabulary as challenges
from intercity.practices.forms.choices import CityChoice, language_choices, line_input, words_input
from intercity.practices.forms.saying import OfCityForm, SayingForm

MORE_LEGS = 3
LINE = 150
"""Characters up to which a fact is typed into a line."""


class PostingForm(OfCityForm):
    """A need or an offer of one kind, with the facts that its people use."""

    SAID: ClassVar[tuple[str, ...]] = ("title", "body")

    title = forms.CharField(
        label=_("In one line"),
        help_text=_("What you would say on the telephone: “Green coffee, two containers a year.”"),
        max_length=LONGEST_TITLE,
        widget=line_input(),
    )
    body = forms.CharField(
        label=_("In your own words"), max_length=LONGEST_BODY, required=False, widget=words_input(5)
    )
    topics = forms.MultipleChoiceField(label=_("What it is about"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak there"), required=False, widget=forms.CheckboxSelectMultiple
    )
    contact_role = forms.CharField(
        label=_("Whom to call (a role, not a person)"), max_length=200, required=False, widget=line_input()
    )
    contact_mailbox = forms.EmailField(
        label=_("Mailbox of that role"),
        help_text=_("Shown only to a city to which you were introduced, when both said yes."),
        required=False,
    )
    expires_on = forms.DateField(
        label=_("It holds until"),
        help_text=_("Half a year, if you leave it empty. You are asked before it runs out."),
        required=False,
        widget=day_input(),
    )
    source = forms.CharField(label=_("Where more is written"), max_length=500, required=False, widget=line_input())
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, person: Visitor, cities: Any, kind: str, direction: str, *args: Any, posting: Posting | None = None
    ) -> None:
        """With the facts of the kind; filled with what stands there, if it is written anew."""
        super().__init__(person, cities, *args, initial=_stored(posting))
        self.kind, self.direction = kind, direction
        if posting is not None:
            for name in ("city", "expires_on"):
                del self.fields[name]
        spoken = self.fields["languages"]
        if isinstance(spoken, forms.MultipleChoiceField):
            spoken.choices = language_choices(*(posting.languages if posting else ()))
        self._offer_topics()
        for one in fields(kind, direction):
            self.fields.update(_inputs(one))
        stored = posting.facts if posting else {}
        for name, value in stored.items():
            self.initial.update(_initial(name, value))

    def _offer_topics(self) -> None:
        """Chapters of the Harmonized System for trade; challenges of cities for everything else."""
        field = self.fields["topics"]
        if not isinstance(field, forms.MultipleChoiceField):
            return
        language = get_language() or "en"
        if self.kind == PostingKind.TRADE:
            field.choices = [(f"{Scheme.HS}:{code}", str(one)) for code, one in vocabulary.chapters().items()]
            field.label = _("Which goods (chapters of the Harmonized System, in English)")
        else:
            field.choices = [(str(top.label(language)), _children(top.id, language)) for top in challenges.tops()]
        field.help_text = gettext("At most %(most)d. By these, what suits it is found.") % {"most": MOST_TOPICS}
        field.widget = forms.SelectMultiple(attrs={"size": 8})
        field.widget.choices = field.choices

    @property
    def fact_fields(self) -> list[Any]:
        """The inputs of the facts, in order, for the page."""
        return [self[name] for one in fields(self.kind, self.direction) for name in one.inputs]

    def terms(self, legs: Iterable[LegSaid] = ()) -> Terms:
        """What the actions take."""
        given = self.cleaned_data
        language = given["language"]
        return Terms(
            title=(language, given["title"]),
            body=(language, given["body"]),
            facts=facts_of.typed(self.kind, self.direction, given),
            topics=[_pair(one) for one in given["topics"]],
            languages=given["languages"],
            contact_role=given["contact_role"],
            contact_mailbox=given["contact_mailbox"],
            legs=list(legs),
            source=given["source"],
        )


def _children(top: str, language: str) -> list[tuple[str, str]]:
    found = challenges.concepts()
    return [(f"{Scheme.CONCEPT}:{one.id}", one.label(language)) for one in found.values() if one.broader == top]


def _pair(topic: str) -> tuple[str, str]:
    scheme, _colon, code = topic.partition(":")
    return scheme, code


def _inputs(one: Field) -> dict[str, forms.Field]:
    """The inputs of a fact: one, or three of an amount of money."""
    options: dict[str, Any] = {"label": one.label, "help_text": one.help, "required": False}
    if one.type == "money":
        amount, currency, year = one.inputs
        return {
            amount: forms.CharField(max_length=30, widget=_digits(), **options),
            currency: forms.CharField(
                label=_("Currency (three letters)"), max_length=3, required=False, widget=_digits()
            ),
            year: forms.CharField(label=_("Prices of the year"), max_length=4, required=False, widget=_digits()),
        }
    return {one.name: _input(one, options)}


def _input(one: Field, options: dict[str, Any]) -> forms.Field:
    """The input of a fact that is no amount of money."""
    match one.type:
        case "yes_no":
            return forms.ChoiceField(choices=[("", _("not said")), ("yes", _("yes")), ("no", _("no"))], **options)
        case "choice":
            return forms.ChoiceField(choices=[("", _("not said")), *one.choices], **options)
        case "link":
            return forms.URLField(assume_scheme="https", max_length=500, **options)
        case "text":
            widget = words_input(2) if one.length > LINE else line_input()
            return forms.CharField(max_length=one.length, widget=widget, **options)
    return forms.CharField(max_length=20, widget=_digits(), **options)


def _digits() -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "ltr", "size": "12"})


def _initial(name: str, value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {name: value["amount"], f"{name}_currency": value["currency"], f"{name}_year": value["year"]}
    return {name: ("yes" if value else "no") if isinstance(value, bool) else value}


def _stored(posting: Posting | None) -> dict[str, Any]:
    if posting is None:
        return {}
    names = ("languages", "contact_role", "contact_mailbox", "source", "version")
    return {
        **{name: getattr(posting, name) for name in names},
        "title": posting.title.body,
        "body": posting.body.body if posting.body else "",
        "language": posting.title.language,
        "topics": [f"{one.scheme}:{one.code}" for one in posting.topics.all()],
    }


class LegForm(forms.Form):
    """A leg of a joint itinerary; empty ones are left out."""

    start = CityChoice(queryset=City.objects.none(), label=_("From"), empty_label="–", required=False)
    end = CityChoice(queryset=City.objects.none(), label=_("To"), empty_label="–", required=False)
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=60, required=False)
    means = forms.CharField(label=_("By what means"), max_length=100, required=False, widget=line_input())
    season = forms.CharField(label=_("Season"), max_length=100, required=False, widget=line_input())
    border = forms.CharField(label=_("At the border"), max_length=300, required=False, widget=line_input())
    accessibility = forms.CharField(
        label=_("For people with a wheelchair, small children, weak eyes"),
        max_length=300,
        required=False,
        widget=line_input(),
    )
    capacity = forms.CharField(
        label=_("How many visitors the place bears"), max_length=300, required=False, widget=line_input()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With the members."""
        super().__init__(*args, **kwargs)
        for name in ("start", "end"):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = City.objects.members().prefetch_related("names")

    def clean(self) -> dict[str, Any]:
        """A leg has a beginning and an end."""
        given = super().clean() or {}
        if any(given.get(name) for name in given) and not (given.get("start") and given.get("end")):
            self.add_error(
                "end" if given.get("start") else "start", gettext("Say from where and to where this leg goes.")
            )
        return given

    def leg(self) -> LegSaid | None:
        """The leg, if there is one."""
        given = self.cleaned_data
        if not given.get("start"):
            return None
        rest = {name: given[name] for name in ("means", "season", "border", "accessibility", "capacity")}
        return LegSaid(given["start"], given["end"], given["days"] or 1, **rest)


if TYPE_CHECKING:
    Legs = forms.BaseFormSet[LegForm]
else:
    Legs = forms.BaseFormSet
LegForms = forms.formset_factory(LegForm, extra=MORE_LEGS, max_num=12, absolute_max=12)


def stored_legs(legs: Iterable[Leg]) -> list[dict[str, Any]]:
    """Legs as their forms show them."""
    names = ("days", "means", "season", "border", "accessibility", "capacity")
    return [{"start": one.start_id, "end": one.end_id, **{name: getattr(one, name) for name in names}} for one in legs]


class ReplyForm(SayingForm):
    """An answer to a need or an offer."""

    SAID: ClassVar[tuple[str, ...]] = ("text",)

    text = forms.CharField(
        label=_("What you can give, or what you would ask"), max_length=LONGEST_REPLY, widget=words_input(4)
    )
    organisation = forms.CharField(label=_("Your organisation"), max_length=200, required=False, widget=line_input())
    is_vendor = forms.BooleanField(
        label=_("We sell something."),
        help_text=_("Firms are welcome to answer, and are labelled so."),
        required=False,
    )
    mailbox = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("Only the city sees it, to answer you."), required=False
    )
    from_city = CityChoice(
        queryset=City.objects.none(), label=_("For which city"), empty_label=_("for no city"), required=False
    )

    def __init__(self, cities: Any, *args: Any, **kwargs: Any) -> None:
        """Officers answer for their city; everybody else for an organisation."""
        super().__init__(*args, **kwargs)
        field = self.fields["from_city"]
        if cities is not None and isinstance(field, forms.ModelChoiceField):
            field.queryset = cities
        else:
            del self.fields["from_city"]

    def told(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        names = ("organisation", "is_vendor", "mailbox", "from_city")
        return {"text": (given["language"], given["text"]), **{name: given.get(name) for name in names}}


class ProposeForm(SayingForm):
    """Two cities, why, and what each side gives."""

    SAID: ClassVar[tuple[str, ...]] = ("why", "one_gives", "other_gives")

    one = CityChoice(queryset=City.objects.none(), label=_("Which city"), empty_label=_("Choose a city"))
    other = CityChoice(queryset=City.objects.none(), label=_("And which other city"), empty_label=_("Choose a city"))
    why = forms.CharField(label=_("Why these two should know each other"), max_length=1_000, widget=words_input(4))
    one_gives = forms.CharField(
        label=_("What the first one gives"), max_length=500, required=False, widget=words_input(2)
    )
    other_gives = forms.CharField(
        label=_("What the other one gives"),
        help_text=_("Both learn something, or it does not last."),
        max_length=500,
        required=False,
        widget=words_input(2),
    )

    def __init__(self, cities: Any, *args: Any, **kwargs: Any) -> None:
        """From cities for which the person may speak, to any other member."""
        super().__init__(*args, **kwargs)
        one, other = self.fields["one"], self.fields["other"]
        if isinstance(one, forms.ModelChoiceField) and isinstance(other, forms.ModelChoiceField):
            one.queryset = cities
            other.queryset = City.objects.members().prefetch_related("names")

    def told(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        said = {name: (given["language"], given[name]) for name in self.SAID}
        return {"one": given["one"], "other": given["other"], **said}


class AnswerForm(SayingForm):
    """Yes or no to an introduction."""

    SAID: ClassVar[tuple[str, ...]] = ("words",)

    words = forms.CharField(
        label=_("What your city gives, or why not"),
        help_text=_("With a yes: what the other side can expect. With a no: a reason is welcome and not needed."),
        max_length=500,
        required=False,
        widget=words_input(3),
    )

    def said_words(self) -> tuple[str, str]:
        """Language and words."""
        return self.cleaned_data["language"], self.cleaned_data["words"]


class OutcomeForm(SayingForm):
    """What came of an introduction."""

    SAID: ClassVar[tuple[str, ...]] = ("note",)

    answer = forms.ChoiceField(label=_("What came of it?"), choices=OutcomeAnswer.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("In a sentence"), max_length=1_000, required=False, widget=words_input(3))

    def said_note(self) -> tuple[str, str]:
        """Language and words."""
        return self.cleaned_data["language"], self.cleaned_data["note"]
