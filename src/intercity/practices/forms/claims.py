"""Numbers that somebody reports: an amount or an outcome, and who says so, from which source, when."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.numbers import get_territory_currencies
from django import forms
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from intercity.cities.models import City
from intercity.core.language.folding import fold
from intercity.core.language.names import locale_of
from intercity.practices.forms.choices import Choices, WhenField, label_of, line_input
from intercity.practices.models import Confidence, Cost, CostKind, Method, Result

CAN_WAIT = {"year", "basis", "confidence", "measured_on"}
"""What a short description does not ask of a number; it can be given where more of them are."""
FREQUENT = ("USD", "EUR", "CNY")


@lru_cache(maxsize=64)
def currencies(language: str) -> Choices:
    """Code and name of every currency that is money somewhere today, by name."""
    english = Locale("en")
    locale = locale_of(language) or english
    used = {
        code
        for country in map(str, english.territories)
        if len(country) == 2 and country.isalpha()
        for code in get_territory_currencies(country)
    }
    named = [(code, str(locale.currencies.get(code) or english.currencies.get(code, code))) for code in used]
    return [(code, f"{name} ({code})") for code, name in sorted(named, key=lambda pair: (fold(pair[1]), pair[0]))]


def currency_of(country: str) -> str:
    """The currency of a country; of one that has none or is not known, the dollar."""
    return next(iter(get_territory_currencies(country)), "USD") if country else "USD"


def currency_choices(country: str) -> Choices:
    """The country's own currency and those that are known everywhere, then all."""
    every = currencies(get_language() or "en")
    names = dict(every)
    first = [code for code in dict.fromkeys([currency_of(country), *FREQUENT]) if code in names]
    return [*((code, names[code]) for code in first), (gettext("All currencies"), [*every])]


class ClaimForm(forms.Form):
    """Who says a number, where it is written, and since when."""

    claimed_by = forms.CharField(
        label=label_of(Cost, "claimed_by"),
        help_text=_("An office or an organisation, not a person. For example: Water office of Northport."),
        max_length=200,
        widget=line_input(),
    )
    source = forms.CharField(
        label=label_of(Cost, "source"),
        help_text=_("An address of the web, or a document that can be asked for, with its name and year."),
        max_length=500,
        widget=line_input(),
    )
    claimed_on = WhenField(label=label_of(Cost, "claimed_on"))


class AmountForm(forms.Form):
    """What something cost."""

    amount = forms.DecimalField(
        label=label_of(Cost, "amount"),
        help_text=_("Digits only, in whole units of the currency: 120000."),
        max_digits=20,
        decimal_places=2,
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
    )
    currency = forms.ChoiceField(label=label_of(Cost, "currency"))
    kind = forms.ChoiceField(
        label=label_of(Cost, "kind"), choices=CostKind.choices, initial=CostKind.CAPITAL, widget=forms.RadioSelect
    )
    year = forms.IntegerField(
        label=label_of(Cost, "year"),
        min_value=1900,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr"}),
    )
    basis = forms.CharField(
        label=label_of(Cost, "basis"),
        help_text=_("For example: one lorry and the first year of fuel, without wages."),
        max_length=300,
        required=False,
        widget=line_input(),
    )
    confidence = forms.ChoiceField(
        label=label_of(Cost, "confidence"), choices=Confidence.choices, initial=Confidence.REPORTED
    )

    def __init__(self, country: str, *args: Any, **kwargs: Any) -> None:
        """With the currency of the country chosen."""
        super().__init__(*args, **kwargs)
        currency = self.fields["currency"]
        if isinstance(currency, forms.ChoiceField):
            currency.choices = currency_choices(country)
        currency.initial = currency_of(country)

    def clean_year(self) -> int | None:
        """No year that has not begun."""
        year: int | None = self.cleaned_data["year"]
        if year is not None:
            MinValueValidator(1900)(year)
            if year > timezone.localdate().year:
                raise forms.ValidationError(
                    gettext("%(year)d has not begun. Write the year whose prices these are.") % {"year": year}
                )
        return year


class OutcomeForm(forms.Form):
    """What was measured, before and after, and how."""

    indicator = forms.CharField(
        label=label_of(Result, "indicator"),
        help_text=_("For example: days a year on which the market is flooded."),
        max_length=200,
        widget=line_input(),
    )
    baseline = forms.CharField(
        label=label_of(Result, "baseline"),
        help_text=_("What it was before; empty if nobody counted then."),
        max_length=60,
        required=False,
        widget=line_input(),
    )
    value = forms.CharField(label=_("What it is now"), max_length=60, widget=line_input())
    unit = forms.CharField(
        label=label_of(Result, "unit"),
        help_text=_("For example: days a year, tonnes a day, per cent of households."),
        max_length=60,
        required=False,
        widget=line_input(),
    )
    measured_on = WhenField(label=label_of(Result, "measured_on"), required=False)
    method = forms.ChoiceField(
        label=label_of(Result, "method"), choices=Method.choices, initial=Method.TOLD, widget=forms.RadioSelect
    )


class CostForm(AmountForm, ClaimForm):
    """A cost, with who says so."""

    field_order = (*AmountForm.base_fields, *ClaimForm.base_fields)


class ResultForm(OutcomeForm, ClaimForm):
    """A result, with who says so."""

    field_order = (*OutcomeForm.base_fields, *ClaimForm.base_fields)


def first_claims(city: City | None, data: Any) -> tuple[AmountForm, OutcomeForm, ClaimForm]:
    """The first cost and the first result of a short description, with one source for both; each may be left empty."""
    options: dict[str, Any] = {"empty_permitted": True, "use_required_attribute": False}
    forms_shown = (
        AmountForm(city.country if city else "", data, prefix="cost", **options),
        OutcomeForm(data, prefix="result", **options),
        ClaimForm(data, prefix="claim", **options),
    )
    for form in forms_shown:
        for name in CAN_WAIT & form.fields.keys():
            del form.fields[name]
        not_optional(form)
    return forms_shown


def not_optional(form: forms.Form) -> None:
    """Beside the inputs stands nothing of their being optional: empty together, they are needed together."""
    for field in form.fields.values():
        field.is_needed = field.required  # type: ignore[attr-defined]


def require_source(claim: ClaimForm, numbers: Iterable[forms.Form]) -> None:
    """A number without its source is no knowledge: as soon as one is given, who says so and where is needed."""
    if claim.is_bound and any(form.has_changed() for form in numbers):
        claim.empty_permitted = False
