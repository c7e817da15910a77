"""Where something was done: in a member, or in a place that the gazetteer knows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from intercity.accounts.models import Role
from intercity.accounts.rights import Visitor, has_role
from intercity.cities import gazetteer
from intercity.cities.countries import country_choices, country_name
from intercity.cities.models import City
from intercity.cities.rights import writable_cities
from intercity.practices.actions.rights import speaks_for
from intercity.practices.forms.choices import CityChoice, line_input
from intercity.practices.models import Practice, Provenance
from intercity.practices.models.versions import OF_PLACES

NONE_OF_THESE = "0"
MOST_PLACES = 6


class PlaceForm(forms.Form):
    """A member for which the person may write; for the secretariat, any other place, too."""

    city = CityChoice(label=_("City"), queryset=City.objects.none(), required=False)
    place = forms.CharField(
        label=_("Another place, which is no member"),
        help_text=_("Its name in any script. It is looked up in a list of the places of the world."),
        max_length=160,
        required=False,
        widget=line_input(),
    )
    country = forms.ChoiceField(label=_("Country or territory of that place"), required=False)
    found = forms.ChoiceField(label=_("Which of these is it?"), required=False, widget=forms.RadioSelect)
    further = forms.ChoiceField(
        label=_("A second country or territory"),
        help_text=_("Only where it was done on both sides of a border. It is then found in both."),
        required=False,
    )

    def __init__(self, person: Visitor, practice: Practice | None, *args: Any, **kwargs: Any) -> None:
        """With the cities for which `person` may write."""
        kwargs["initial"] = _stored(practice) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        further = self.fields["further"]
        if isinstance(further, forms.ChoiceField):
            further.choices = [("", gettext("none")), *country_choices(get_language() or "en")]
        self.stored = list(practice.further_places.order_by("pk").values(*OF_PLACES)) if practice else []
        self.elsewhere = has_role(person, Role.SECRETARIAT)
        # The city of what is written already stays, even if it is a member no longer.
        own_city = City.objects.filter(pk=(practice.city_id if practice else None) or 0).prefetch_related("names")
        cities = writable_cities(person) | own_city
        own = list(cities[:2])
        self.only = own[0] if len(own) == 1 else None
        city = self.fields["city"]
        if isinstance(city, forms.ModelChoiceField):
            city.queryset = cities
            city.empty_label = gettext("no member") if self.elsewhere else gettext("choose a city")
        if not self.elsewhere:
            city.initial = self.only.pk if self.only else None
            del self.fields["place"], self.fields["country"], self.fields["found"]
            city.is_needed = True  # type: ignore[attr-defined]
            return
        country = self.fields["country"]
        if isinstance(country, forms.ChoiceField):
            country.choices = [("", gettext("not said")), *country_choices(get_language() or "en")]
        self._offer_places()

    def _offer_places(self) -> None:
        """Places of that name, where one was typed: from them the right one is chosen."""
        said = self.data if self.is_bound else self.initial
        name, country = str(said.get("place") or ""), str(said.get("country") or "")
        self.places: list[gazetteer.Place] = (
            gazetteer.find(name, country or None, MOST_PLACES) if name and not said.get("city") else []
        )
        if not self.places:
            del self.fields["found"]
            return
        found = self.fields["found"]
        if isinstance(found, forms.ChoiceField):
            found.choices = [
                *((str(one.geonames_id), _described(one)) for one in self.places),
                (NONE_OF_THESE, gettext("none of these")),
            ]
        found.is_needed = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One place: a member or another; and of several of one name, the one that was chosen."""
        given = super().clean() or {}
        if self.errors:
            return given
        if given.get("city") and given.get("place"):
            self.add_error("place", gettext("Choose a city or name another place, not both."))
        elif not given.get("city") and not given.get("place"):
            self.add_error("city", gettext("Say where it was done. Without a place nobody can ask about it."))
        elif given.get("place") and self.places and not given.get("found"):
            self.add_error("found", gettext("There are places of this name. Choose the right one, or none of these."))
        elif given.get("place") and not self._known() and not given.get("country"):
            self.add_error("country", gettext("This place is not in the list. Say in which country it is."))
        return given

    def _known(self) -> gazetteer.Place | None:
        found = self.cleaned_data.get("found")
        return next((one for one in self.places if str(one.geonames_id) == found), None)

    def facts(self) -> dict[str, Any]:
        """Where it was done, as it is stored."""
        given, further = self.cleaned_data, {"further_places": self._further()}
        if given.get("city"):
            return {"city": given["city"], "place": "", "country": "", "geonames_id": None, **further}
        known = self._known()
        if known is not None:
            place = {"place": known.name, "country": known.country, "geonames_id": known.geonames_id}
            return {"city": None, **place, **further}
        return {"city": None, "place": given["place"], "country": given["country"], "geonames_id": None, **further}

    def _further(self) -> list[dict[str, str]]:
        """The further places, the first of which the page shows; what stands there already keeps its name."""
        country = self.cleaned_data["further"]
        if country == (self.stored[0]["country"] if self.stored else ""):
            return self.stored
        return [*([{"place": "", "country": country}] if country else []), *self.stored[1:]]


def _stored(practice: Practice | None) -> dict[str, Any]:
    if practice is None:
        return {}
    known = NONE_OF_THESE if practice.geonames_id is None else str(practice.geonames_id)
    further = practice.further_places.order_by("pk").first()
    return {
        "city": practice.city_id,
        "place": practice.place,
        "country": practice.country,
        "found": known,
        "further": further.country if further else "",
    }


def _described(place: gazetteer.Place) -> str:
    return f"{place.name}, {country_name(place.country, get_language() or 'en')}"


class ProvenanceForm(forms.Form):
    """How the secretariat knows what it writes for a city."""

    provenance = forms.ChoiceField(
        label=_("How do you know this?"),
        help_text=_("Readers see it beside what you write."),
        initial=Provenance.CALL,
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label=_("With whom you spoke, or what you read"),
        help_text=_("The office and the day of the call; or the address or name of what you read."),
        max_length=500,
        required=False,
        widget=line_input(),
    )
    retrieved_on = forms.DateField(
        label=_("On which day you spoke or read it"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, person: Visitor, practice: Practice | None, *args: Any, **kwargs: Any) -> None:
        """With what this person can say; what is stored can stay."""
        offered = [Provenance.CALL, Provenance.SOURCES] if has_role(person, Role.SECRETARIAT) else []
        if practice is not None:
            kwargs["initial"] = {name: getattr(practice, name) for name in ("provenance", "source", "retrieved_on")}
            offered.append(Provenance(practice.provenance))
            offered += [Provenance.CITY] if speaks_for(person, practice.city) else []
        super().__init__(*args, **kwargs)
        provenance = self.fields["provenance"]
        if isinstance(provenance, forms.ChoiceField):
            provenance.choices = [(one.value, one.label) for one in dict.fromkeys(offered)]
        for field in self.fields.values():
            field.is_needed = True  # type: ignore[attr-defined]
