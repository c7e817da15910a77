"""What each step of writing a practice asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from intercity.practices.forms.choices import WhenField, label_of, line_input
from intercity.practices.forms.concepts import ConceptsForm
from intercity.practices.forms.writing import StepForm
from intercity.practices.models import (
    Medium,
    Partner,
    PartnerRole,
    Practice,
    PracticeField,
    PracticeStatus,
    Scale,
)
from intercity.practices.vocabulary import COFOG, FOCUS_AREAS, FUNDING, GROUPS, concepts

NOT_SAID = ("", _("not said"))
TELLING = (PracticeField.TITLE, PracticeField.SUMMARY, PracticeField.PROBLEM)
"""Headings that say best what a practice is about."""
EMPTY_ROWS, MOST_ROWS = 2, 60


class NumbersForm(StepForm):
    """A step on whose page a cost and a result can be given, or said to be not known."""

    UNKNOWN = ("costs", "results")

    unknown_costs = forms.BooleanField(label=_("The cost is not known"), required=False)
    unknown_results = forms.BooleanField(label=_("No result is known"), required=False)

    numbers: Mapping[str, forms.Form] = MappingProxyType({})
    """The forms of a first cost and a first result that stand on the same page."""

    def clean(self) -> dict[str, Any]:
        """A number is given or said to be not known."""
        given = super().clean() or {}
        for name, form in self.numbers.items():
            if given.get(f"unknown_{name}") and form.has_changed():
                self.add_error(f"unknown_{name}", _("You gave one. Take this tick away, or empty what you gave."))
        return given


class BriefForm(NumbersForm):
    """The short description: with a place and a number, it is enough to publish.

    `begun_with` marks the form, so that one that is sent twice begins one draft.
    """

    WORDS = (
        PracticeField.TITLE,
        PracticeField.SUMMARY,
        PracticeField.PROBLEM,
        PracticeField.SOLUTION,
        PracticeField.DIFFICULTIES,
    )
    FACTS = ("started", "ended", "status")

    begun_with = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)
    started = WhenField(label=label_of(Practice, "started"), required=False)
    ended = WhenField(
        label=label_of(Practice, "ended"), help_text=_("Only if it has ended, or an end is planned."), required=False
    )
    status = forms.ChoiceField(
        initial=PracticeStatus.UNKNOWN,
        label=label_of(Practice, "status"),
        help_text=_("What was stopped or undone is worth as much here as what runs: others need not try it."),
        choices=PracticeStatus.choices,
    )


class PartnerForm(forms.Form):
    """Who did it together with the implementer; a row without a name is none."""

    name = forms.CharField(label=label_of(Partner, "name"), max_length=200, required=False, widget=line_input())
    role = forms.ChoiceField(label=label_of(Partner, "role"), choices=PartnerRole.choices)


class MediumForm(forms.Form):
    """A picture, film or document that stands elsewhere; a row without an address is none."""

    address = forms.URLField(label=label_of(Medium, "address"), max_length=500, required=False, assume_scheme="https")
    shows = forms.CharField(label=label_of(Medium, "shows"), max_length=300, required=False, widget=line_input())
    licence = forms.CharField(
        label=label_of(Medium, "licence"),
        help_text=_("For example CC BY 4.0, or by whose permission it may be shown."),
        max_length=60,
        required=False,
    )
    kilobytes = forms.IntegerField(
        label=label_of(Medium, "kilobytes"),
        help_text=_("People pay for what they load: they see the size before."),
        min_value=1,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr"}),
    )

    def clean(self) -> dict[str, Any]:
        """What has an address has words for those who cannot see it, and a licence."""
        given = super().clean() or {}
        for name in ("shows", "licence"):
            if given.get("address") and not given.get(name) and name not in self.errors:
                self.add_error(name, _("This is needed for every picture and document."))
        return given


class RowsForm(StepForm):
    """A step with a list of things, each a row; rows that are left empty are none."""

    ROW: ClassVar[type[forms.Form]]
    OF: ClassVar[str]
    COLUMNS: ClassVar[tuple[str, ...]]

    def __init__(self, practice: Practice | None, data: Any = None, **kwargs: Any) -> None:
        """With the rows that are stored and some that are empty."""
        super().__init__(practice, data, **kwargs)
        stored = list(getattr(practice, self.OF).order_by("pk").values(*self.COLUMNS)) if practice else []
        self.rows = forms.formset_factory(self.ROW, extra=EMPTY_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS)(
            data, prefix=self.OF, initial=stored
        )

    def is_valid(self) -> bool:
        """Whether the step and each of its rows can be read."""
        return all([super().is_valid(), self.rows.is_valid()])

    def facts(self) -> dict[str, Any]:
        """With the rows, in the place of those that are stored."""
        given = [row.cleaned_data for row in self.rows.forms if row.cleaned_data.get(self.COLUMNS[0])]
        return {**super().facts(), self.OF: [{name: row[name] for name in self.COLUMNS} for row in given]}


class PeopleForm(RowsForm):
    """Who did it, how many people it needs, whose decision it is, what law it stands on, who pays."""

    ROW, OF, COLUMNS = PartnerForm, "partners", ("name", "role")
    WORDS = (PracticeField.STAFF, PracticeField.LEGAL, PracticeField.ENABLING, PracticeField.SUSTAINING)
    FACTS = ("implementer", "decided_by", "funding")
    UNKNOWN = ("staff", "legal")
    ORDER = ("implementer", "posts", "staff", "unknown_staff", "decided_by", "legal", "unknown_legal", "funding")

    implementer = forms.CharField(
        label=label_of(Practice, "implementer"),
        help_text=_("The office or organisation."),
        max_length=200,
        required=False,
        widget=line_input(),
    )
    posts = forms.DecimalField(
        label=label_of(Practice, "staff"),
        help_text=_("How many people it would be if all worked full time: 0.5, 3."),
        min_value=0,
        max_digits=7,
        decimal_places=1,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
    )
    unknown_staff = forms.BooleanField(label=_("How many people it needs is not known"), required=False)
    decided_by = forms.CharField(
        label=label_of(Practice, "decided_by"),
        help_text=_("The mayor, the council, the province, a ministry: who can decide on such a thing."),
        max_length=200,
        required=False,
        widget=line_input(),
    )
    unknown_legal = forms.BooleanField(label=_("Which law it needs is not known"), required=False)
    funding = forms.MultipleChoiceField(
        label=label_of(Practice, "funding"),
        choices=FUNDING.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def _kept(self, practice: Practice | None) -> dict[str, Any]:
        kept = super()._kept(practice)
        return kept | ({"posts": practice.staff} if practice else {})

    def facts(self) -> dict[str, Any]:
        """The number of posts is called as its column."""
        return {**super().facts(), "staff": self.cleaned_data["posts"]}


class CostNoteForm(NumbersForm):
    """What numbers do not say."""

    WORDS = (PracticeField.COST_NOTE,)


class ReachForm(StepForm):
    """Whom it reaches, and whom it does not."""

    WORDS = (PracticeField.EQUITY, PracticeField.PARTICIPATION)
    FACTS = ("scale", "groups")
    ORDER = ("scale", "groups")

    scale = forms.ChoiceField(label=label_of(Practice, "scale"), choices=Scale.choices, widget=forms.RadioSelect)
    groups = forms.MultipleChoiceField(
        label=label_of(Practice, "groups"),
        choices=GROUPS.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class TransferForm(StepForm):
    """Where it would work, and what another city must keep and may change."""

    WORDS = (
        PracticeField.COMPONENTS,
        PracticeField.MUST_KEEP,
        PracticeField.MAY_CHANGE,
        PracticeField.TRANSFER,
        PracticeField.DIFFERENTLY,
    )


class ThemesForm(StepForm, ConceptsForm):
    """What it is about, by the vocabulary, so that it is found in every language."""

    FACTS = ("concepts", "cofog", "focus_area")

    concepts = forms.MultipleChoiceField(
        label=_("Challenges that it answers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    cofog = forms.ChoiceField(label=label_of(Practice, "cofog"), choices=[NOT_SAID, *COFOG.choices], required=False)
    focus_area = forms.ChoiceField(
        label=label_of(Practice, "focus_area"), choices=[NOT_SAID, *FOCUS_AREAS.choices], required=False
    )

    def __init__(self, practice: Practice, *args: Any, **kwargs: Any) -> None:
        """With every concept to choose from, those that the words are about first."""
        super().__init__(practice, *args, **kwargs)
        self.practice = practice
        self.offer(practice.text(name) for name in TELLING)

    def facts(self) -> dict[str, Any]:
        """The targets of the Sustainable Development Goals follow from the concepts; those named beside them stay."""
        added = [one for one in self.practice.targets if one not in _targets(self.practice.concepts)]
        targets = dict.fromkeys([*_targets(self.cleaned_data["concepts"]), *added])
        return {**super().facts(), "targets": list(targets)}


def _targets(chosen: Iterable[str]) -> list[str]:
    known = concepts()
    return [target for one in chosen if one in known for target in known[one].targets]


class ContactForm(RowsForm):
    """Whom others ask, under which licence it stands, and what there is to see."""

    ROW, OF, COLUMNS = MediumForm, "media", ("address", "shows", "licence", "kilobytes")
    FACTS = ("contact_role", "contact_mailbox", "licence", "source")

    contact_role = forms.CharField(
        label=label_of(Practice, "contact_role"),
        help_text=_("An office that stays when people leave. For example: Waste office, city of Northport."),
        max_length=200,
        required=False,
        widget=line_input(),
    )
    contact_mailbox = forms.EmailField(
        label=label_of(Practice, "contact_mailbox"),
        help_text=_("Questions of other cities are sent there."),
        required=False,
    )
    licence = forms.ChoiceField(
        label=label_of(Practice, "licence"),
        choices=[
            ("CC-BY-4.0", _("CC BY 4.0: everybody may use it and says where it is from")),
            ("CC-BY-SA-4.0", _("CC BY-SA 4.0: the same, and what is made of it stays as free")),
            ("CC0-1.0", _("CC0: everybody may use it without conditions")),
        ],
    )
    source = forms.CharField(
        label=_("Where more is written"),
        help_text=_("The address of a page or the name of a report."),
        max_length=500,
        required=False,
        widget=line_input(),
    )

    def __init__(self, practice: Practice, *args: Any, **kwargs: Any) -> None:
        """A licence that was given elsewhere stays."""
        super().__init__(practice, *args, **kwargs)
        licence = self.fields["licence"]
        if isinstance(licence, forms.ChoiceField) and practice.licence not in dict(licence.choices):  # type: ignore[arg-type]
            licence.choices = [(practice.licence, practice.licence), *licence.choices]  # type: ignore[misc]
