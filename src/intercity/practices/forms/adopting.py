"""Taking a practice over: why, how far it has come, and what is kept, changed and dropped."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intercity.accounts.rights import Visitor
from intercity.cities.models import Cities, City
from intercity.practices.forms.choices import CityChoice, line_input, words_input
from intercity.practices.forms.saying import OfCityForm, SayingForm
from intercity.practices.models import DONE, Adoption, AdoptionPart, AdoptionStage, PartKind, Practice

EMPTY_ROWS = 3
MOST_ROWS = 40


class AdoptForm(OfCityForm):
    """A city would like to try it, and says why; where others took it over, also from whom."""

    SAID = ("why",)

    from_city = CityChoice(
        queryset=City.objects.none(),
        label=_("From whom you take it"),
        help_text=_("Whose way of doing it you would follow."),
        required=False,
    )
    why = forms.CharField(
        label=_("Why you want to try it"),
        help_text=_("What is your problem, and what do you hope for? Those who did it read this, too."),
        max_length=1000,
        widget=words_input(4),
    )
    field_order = ("city", "from_city", "why", "language")

    def __init__(self, person: Visitor, practice: Practice, cities: Cities, *args: Any, **kwargs: Any) -> None:
        """Those who did it first are meant where nobody is chosen."""
        super().__init__(person, cities, *args, **kwargs)
        takers = Adoption.objects.filter(practice=practice, stage__in=DONE).values("to_city")
        field = self.fields["from_city"]
        found = City.objects.members().filter(pk__in=takers).prefetch_related("names")
        if not found.exists():
            del self.fields["from_city"]
        elif isinstance(field, forms.ModelChoiceField):
            first = practice.city.named(get_language() or "en") if practice.city else practice.place
            field.queryset, field.empty_label = found, first


class MoveForm(SayingForm):
    """How far a city has come, with a note if there is something to say."""

    SAID = ("note",)

    stage = forms.ChoiceField(label=_("Where it stands now"), choices=AdoptionStage.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What happened"),
        help_text=_("If it was stopped: why. Others learn most from this."),
        max_length=500,
        required=False,
        widget=words_input(3),
    )
    field_order = ("stage", "note", "language")


class PartForm(forms.Form):
    """A part of the practice and what becomes of it; a row without a part is none."""

    kind = forms.ChoiceField(label=_("What becomes of it"), choices=PartKind.choices)
    part = forms.CharField(label=_("Which part"), max_length=300, required=False, widget=line_input())
    why = forms.CharField(label=_("Why"), max_length=500, required=False, widget=line_input())
    language = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    was = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Words that are there already are marked with their language."""
        super().__init__(*args, **kwargs)
        language = self.initial.get("language", "")
        for name in ("part", "why"):
            if language:
                self.fields[name].widget.attrs["lang"] = language
            self.fields[name].is_needed = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A reason without a part says nothing."""
        given = super().clean() or {}
        if given.get("why") and not given.get("part"):
            self.add_error("part", _("Say which part this is the reason for, or empty both."))
        return given

    @property
    def is_new(self) -> bool:
        """Whether the words are not those that stood here before."""
        given = self.cleaned_data
        return f"{given['part']}\n{given['why']}" != str(given["was"]).replace("\r\n", "\n")


class PartsForm(SayingForm):
    """The adaptation plan, row by row. New words are in the language that is chosen, others stay in theirs."""

    rows_sent = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, adoption: Adoption, data: Any, *, more: bool = False) -> None:
        """The rows that are there and some empty ones; with `more`, what was typed and further empty ones."""
        typed = _count(data)
        super().__init__(data if data is not None and not more else None)
        if data is None or more:
            filled = (
                [_row(data, number) for number in range(typed)] if more else [_known(one) for one in _of(adoption)]
            )
            empty: list[dict[str, str]] = [{} for _number in range(EMPTY_ROWS)]
            self.rows = [
                PartForm(prefix=f"part-{number}", initial=row)
                for number, row in enumerate((filled + empty)[:MOST_ROWS])
            ]
            self.initial["rows_sent"] = len(self.rows)
            if more:
                self.initial["language"] = data.get("language", "")
        else:
            self.rows = [
                PartForm(data, prefix=f"part-{number}", initial=_row(data, number)) for number in range(typed)
            ]

    def clean(self) -> dict[str, Any]:
        """The rows first: what is new in them is in the language that is chosen."""
        for row in self.rows:
            row.full_clean()
        return super().clean()

    def is_valid(self) -> bool:
        """The rows are, too."""
        return super().is_valid() and all(row.is_valid() for row in self.rows)

    def said(self) -> str:
        """What is new."""
        return "\n".join(
            f"{row.cleaned_data['part']} {row.cleaned_data['why']}" for row in self._filled() if row.is_new
        )

    def parts(self) -> list[dict[str, str]]:
        """Every row with a part, as `actions.set_parts` wants it."""
        chosen = self.cleaned_data["language"]
        return [
            {
                "kind": row.cleaned_data["kind"],
                "part": row.cleaned_data["part"],
                "why": row.cleaned_data["why"],
                "language": chosen if row.is_new else row.cleaned_data["language"] or chosen,
            }
            for row in self._filled()
        ]

    def _filled(self) -> list[PartForm]:
        return [row for row in self.rows if row.is_valid() and row.cleaned_data["part"]]


def _of(adoption: Adoption) -> list[AdoptionPart]:
    """In the order in which they were written."""
    return sorted(adoption.parts.all(), key=lambda one: one.pk)


def _known(one: AdoptionPart) -> dict[str, str]:
    return {
        "kind": one.kind,
        "part": one.part,
        "why": one.why,
        "language": one.language,
        "was": f"{one.part}\n{one.why}",
    }


def _row(data: Any, number: int) -> dict[str, str]:
    return {name: data.get(f"part-{number}-{name}", "") for name in ("kind", "part", "why", "language", "was")}


def _count(data: Any) -> int:
    """How many rows were sent."""
    typed = str(data.get("rows_sent", "")) if data is not None else ""
    return min(int(typed), MOST_ROWS) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 0
