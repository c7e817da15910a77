"""What is filled in about agreements: with whom, why, since when, where the paper is, and whether it lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from intercity.accounts.rights import Visitor
from intercity.cities.models import City
from intercity.events.models import Event
from intercity.partnerships.actions.agreeing import Document, Party
from intercity.partnerships.forms.promising import (
    SENTENCE,
    WORDS,
    PromiseForm,
    ReasonForm,
    TermsForm,
    day_input,
)
from intercity.partnerships.models import Agreement, AgreementKind, AgreementState
from intercity.practices.forms.choices import WhenField, line_input, words_input
from intercity.practices.forms.saying import SayingForm

if TYPE_CHECKING:
    ManyCities = forms.ModelMultipleChoiceField[City]
    OneEvent = forms.ModelChoiceField[Event]
    OneAgreement = forms.ModelChoiceField[Agreement]
else:
    ManyCities, OneEvent, OneAgreement = forms.ModelMultipleChoiceField, forms.ModelChoiceField, forms.ModelChoiceField


class TitledEvent(OneEvent):
    """Events by their titles."""

    def label_from_instance(self, obj: Any) -> str:
        """The title as it was written."""
        return str(obj.title.body)


class TitledAgreement(OneAgreement):
    """Agreements by their titles."""

    def label_from_instance(self, obj: Any) -> str:
        """The title as it was written."""
        return str(obj.title.body)


class PartiesChoice(ManyCities):
    """Member cities by their names in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """The city's name."""
        return str(obj.named(get_language() or "en"))


class AgreementForm(SayingForm):
    """An agreement as it is registered or corrected."""

    SAID: ClassVar = ("title", "why")

    kind = forms.ChoiceField(label=_("What it is"), choices=AgreementKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=200, widget=line_input())
    cities = PartiesChoice(
        queryset=City.objects.none(), label=_("Member cities that signed it"), widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("Others that signed it"),
        help_text=_("One on each line."),
        required=False,
        max_length=2_000,
        widget=words_input(2),
    )
    why = forms.CharField(
        label=_("Why it was made"),
        help_text=_("So that somebody who comes to the office in ten years understands it."),
        max_length=WORDS,
        widget=words_input(3),
    )
    signed_on = WhenField(label=_("Signed on"), required=False)
    review_on = forms.DateField(
        label=_("To be looked at again on"),
        help_text=_("On that day the parties are asked whether it still lives."),
        required=False,
        widget=day_input(),
    )
    event = TitledEvent(queryset=Event.objects.none(), label=_("Signed at"), empty_label=_("no event"), required=False)
    source = forms.CharField(
        label=_("Source"),
        help_text=_("Where it is written: an address, or the name of a paper with its date."),
        max_length=500,
        required=False,
        widget=line_input(),
    )
    documents = forms.CharField(
        label=_("Documents"),
        help_text=_("One on each line: its address, a space, and its title."),
        required=False,
        max_length=4_000,
        widget=words_input(2, dir="ltr"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, agreement: Agreement | None, *args: Any, **kwargs: Any) -> None:
        """Filled with what stands there, if it is corrected."""
        super().__init__(*args, **{**kwargs, "initial": {**_stored(agreement), **kwargs.get("initial", {})}})
        self.before = list(agreement.parties.all()) if agreement else []
        cities, event = self.fields["cities"], self.fields["event"]
        if isinstance(cities, PartiesChoice) and isinstance(event, forms.ModelChoiceField):
            cities.queryset = City.objects.order_by("name").prefetch_related("names")
            event.queryset = Event.objects.public().select_related("title")

    def clean_documents(self) -> list[tuple[str, str]]:
        """Addresses and titles, line by line."""
        found = []
        for line in str(self.cleaned_data["documents"]).splitlines():
            address, _space, title = line.strip().partition(" ")
            if not address:
                continue
            if urlsplit(address).scheme not in {"http", "https"} or not title.strip():
                raise ValidationError(
                    gettext(
                        "“%(line)s” came. Write an address that begins with https://, a space, and a title; one on "
                        "each line."
                    )
                    % {"line": line.strip()[:80]}
                )
            found.append((address, title.strip()[:200]))
        return found

    def terms(self) -> dict[str, Any]:
        """What the actions take."""
        given = self.cleaned_data
        language = given["language"]
        others = [line.strip() for line in given["others"].splitlines() if line.strip()]
        papers = [Document(title, address) for address, title in given["documents"]]
        return {
            "kind": given["kind"],
            "title": (language, given["title"]),
            "why": (language, given["why"]),
            "parties": self.parties(others),
            "signed_on": given["signed_on"],
            "review_on": given["review_on"],
            "event": given["event"],
            "source": given["source"],
            "documents": papers,
        }

    def parties(self, others: list[str]) -> list[Party]:
        """Cities and others; in which role a party signed stays as it was said before."""
        signed = {one.city_id or one.name: one.signed_as for one in self.before}
        cities = [Party(city=one, signed_as=signed.get(one.pk, "")) for one in self.cleaned_data["cities"]]
        return [*cities, *(Party(name=name, signed_as=signed.get(name, "")) for name in others)]


def _stored(agreement: Agreement | None) -> dict[str, Any]:
    if agreement is None:
        return {}
    parties = list(agreement.parties.all())
    return {
        "kind": agreement.kind,
        "title": agreement.title.body,
        "why": agreement.why.body if agreement.why else "",
        "language": agreement.title.language,
        "cities": [one.city_id for one in parties if one.city_id],
        "others": "\n".join(one.name for one in parties if not one.city_id),
        "signed_on": agreement.signed_on,
        "review_on": agreement.review_on,
        "event": agreement.event_id,
        "source": agreement.source,
        "documents": "\n".join(f"{one.address} {one.title}" for one in agreement.documents.all()),
        "version": agreement.version,
    }


class AgreementStateForm(ReasonForm):
    """Whether it lives, and why one says so."""

    state = forms.ChoiceField(
        label=_("How it stands"),
        help_text=_("A dormant agreement that says so is no shame; one that pretends to live is."),
        choices=AgreementState.choices,
        widget=forms.RadioSelect,
    )
    field_order = ("state", "reason")


class DeclarationForm(SayingForm):
    """The text of a declaration, in which promises are looked for."""

    SAID: ClassVar = ("declaration",)

    declaration = forms.CharField(
        label=_("Text of the declaration"),
        help_text=_("Nothing is saved before you accept it. The text does not leave this server."),
        max_length=60_000,
        widget=words_input(14),
    )
    agreement = TitledAgreement(
        queryset=Agreement.objects.none(),
        label=_("It belongs to this agreement"),
        empty_label=_("none"),
        required=False,
    )

    def __init__(self, agreements: Any, *args: Any, **kwargs: Any) -> None:
        """With the agreements of whoever writes."""
        super().__init__(*args, **kwargs)
        field = self.fields["agreement"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = agreements


class SharedTermsForm(TermsForm):
    """What holds for every promise that is taken from a declaration."""

    SAID: ClassVar[tuple[str, ...]] = ()

    def __init__(self, person: Visitor, *args: Any, **kwargs: Any) -> None:
        """Without what each promise says for itself, with the city that promises."""
        super().__init__(*args, **kwargs)
        for name in ("text", "owner", "due_on", "known_by"):
            del self.fields[name]
        offered = PromiseForm(person)
        self.fields["city"] = offered.fields["city"]
        self.order_fields(["city"])


NEEDED: dict[str, Any] = {"required": _("This is needed to make it a commitment.")}


class CandidateForm(forms.Form):
    """A sentence of a declaration that may be a promise: taken or not, and what is missing to make it one."""

    taken = forms.BooleanField(label=_("Make this a commitment"), required=False)
    text = forms.CharField(
        label=_("What is promised"), max_length=SENTENCE, widget=words_input(3), error_messages=NEEDED
    )
    owner = forms.CharField(label=_("Who does it"), max_length=200, widget=line_input(), error_messages=NEEDED)
    due_on = forms.DateField(label=_("Until when"), widget=day_input(), error_messages=NEEDED)
    known_by = forms.CharField(
        label=_("How one will know that it is done"), max_length=WORDS, widget=words_input(2), error_messages=NEEDED
    )

    def clean(self) -> dict[str, Any]:
        """Of what is not taken nothing is needed, and nothing can be wrong."""
        given = super().clean() or {}
        if not given.get("taken"):
            self.errors.clear()
        return given


CandidateForms = forms.formset_factory(CandidateForm, extra=0, max_num=200, absolute_max=200)
