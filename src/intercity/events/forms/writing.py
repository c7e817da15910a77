"""Forms of events: what, when and where; the agenda; who takes part; why it is cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intercity.accounts.models import Role
from intercity.accounts.rights import Visitor, has_role
from intercity.cities.countries import country_choices
from intercity.cities.models import Cities, City
from intercity.cities.rights import writable_cities
from intercity.events import themes
from intercity.events.actions.checking import timezones
from intercity.events.forms.saying import CityChoice, SayingForm, day_input, hour_input, line_input, words_input
from intercity.events.models import Event, EventKind, Session


@dataclass(frozen=True)
class Group:
    """A group of themes to tick."""

    theme: themes.Theme
    themes: tuple[themes.Theme, ...]


class ThemesField(forms.MultipleChoiceField):
    """Themes to tick, by group."""

    def __init__(self, **options: Any) -> None:
        """With every theme of the vocabulary that stands in a group."""
        super().__init__(widget=forms.CheckboxSelectMultiple, **options)
        self.template_name = "events/_themes_field.html"
        self.choices = lambda: [(id_, id_) for id_, one in themes.known().items() if one.broader]

    @property
    def groups(self) -> list[Group]:
        """The themes by their names for this reader."""
        named = themes.themes(themes.known())
        tops = [one for one in named if not one.broader]
        return [Group(top, tuple(one for one in named if one.broader == top.id)) for top in tops]


def _zones() -> list[tuple[Any, Any]]:
    """Timezones to choose from, those of members first."""
    ours = sorted({zone for zone in City.objects.members().values_list("timezone", flat=True) if zone in timezones()})
    others = sorted(timezones() - set(ours))
    return [
        ("", _("That of the city")),
        (_("Of members"), [(zone, zone) for zone in ours]),
        (_("All others"), [(zone, zone) for zone in others]),
    ]


class EventForm(SayingForm):
    """What it is, when and where. Hours are those of the place; `sequence` says what was there to begin with."""

    SAID: ClassVar = ("title", "about")

    kind = forms.ChoiceField(label=_("What kind of event it is"), choices=EventKind.choices)
    title = forms.CharField(label=_("What it is called"), max_length=200, widget=line_input())
    about = forms.CharField(
        label=_("What it is about"),
        help_text=_("For whom it is, what will be done there, and how one takes part."),
        max_length=8000,
        required=False,
        widget=words_input(5),
    )
    starts_on = forms.DateField(label=_("First day"), widget=day_input())
    starts_at = forms.TimeField(
        label=_("Begins at"),
        help_text=_("By the clocks of the place. Leave it empty if it is not known yet."),
        required=False,
        widget=hour_input(),
    )
    ends_on = forms.DateField(
        label=_("Last day"), help_text=_("Empty if it is the first day."), required=False, widget=day_input()
    )
    ends_at = forms.TimeField(label=_("Ends at"), required=False, widget=hour_input())
    city = CityChoice(
        label=_("The member that hosts it"),
        queryset=City.objects.none(),
        required=False,
        empty_label=_("No member hosts it"),
    )
    place = forms.CharField(
        label=_("Place"),
        help_text=_("House and street; or the city where no member hosts it; or “online”."),
        max_length=300,
        required=False,
        widget=line_input(),
    )
    country = forms.ChoiceField(
        label=_("Country or territory"), help_text=_("Empty if it is that of the city."), required=False
    )
    timezone = forms.ChoiceField(label=_("Timezone of the place"), required=False)
    link = forms.URLField(label=_("Where more is written"), max_length=500, required=False, assume_scheme="https")
    concepts = ThemesField(
        label=_("Themes"),
        help_text=_("At most ten. Whoever follows a theme finds it in their calendar."),
        required=False,
    )
    source = forms.CharField(
        label=_("Source"),
        help_text=_("Where it is announced or was reported: an address, best."),
        max_length=500,
        required=False,
        widget=line_input(),
    )
    contact_role = forms.CharField(
        label=_("Whom to ask (an office or a role, not a person)"),
        max_length=200,
        required=False,
        widget=line_input(),
    )
    contact_mailbox = forms.EmailField(
        label=_("Mailbox of that office"), help_text=_("It is shown to the public."), required=False
    )
    sequence = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ("kind", "title", "about", "language")

    def __init__(self, person: Visitor, event: Event | None, *args: Any, **kwargs: Any) -> None:
        """With the cities for which `person` may write; filled with what is stored."""
        kwargs["initial"] = (_stored(event) if event else {}) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.event = event
        self._choose("country", [("", "—"), *country_choices(get_language() or "en")])
        self._choose("timezone", _zones())
        cities = writable_cities(person)
        city = self.fields["city"]
        if isinstance(city, forms.ModelChoiceField):
            city.queryset = cities
        if not has_role(person, Role.SECRETARIAT):
            city.required = True
            city.empty_label = _("Choose a city")  # type: ignore[attr-defined]
        if event is None and not has_role(person, Role.SECRETARIAT, Role.OFFICER):
            own = list(cities[:2])
            city.initial = own[0].pk if len(own) == 1 else None

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def said(self) -> dict[str, Any]:
        """What is told, as the actions take it; words that nobody changed keep the language they stand in."""
        given = dict(self.cleaned_data)
        language = given.pop("language")
        for name in ("sequence", "confirmed"):
            given.pop(name)
        first, last = given["starts_on"], given["ends_on"] or given["starts_on"]
        city = given["city"]
        given["timezone"] = given["timezone"] or (city.timezone if city else "") or "UTC"
        given["starts_at"], given["ends_at"] = _at(first, given["starts_at"]), _at(last, given["ends_at"])
        given["ends_on"] = last
        for name in self.SAID:
            given[name] = self._words(name, language, given[name])
        return given

    def look_again(self, sequence: int) -> None:
        """Shown again beside what somebody else saved: what is sent next stands above that."""
        data: Any = self.data
        self.data = data.copy()
        self.data["sequence"] = str(sequence)  # type: ignore[index]

    def _words(self, name: str, language: str, typed: str) -> tuple[str, str]:
        text = getattr(self.event, name) if self.event else None
        body = typed.replace("\r\n", "\n").strip()
        if text is not None and text.body == body and language == self.initial.get("language"):
            return text.language, body
        return language, body


class SessionForm(SayingForm):
    """A part of the agenda; hours are those of the place."""

    SAID: ClassVar = ("title",)

    day = forms.DateField(label=_("Day"), widget=day_input())
    starts_at = forms.TimeField(label=_("Begins at"), help_text=_("By the clocks of the place."), widget=hour_input())
    ends_at = forms.TimeField(label=_("Ends at"), widget=hour_input())
    title = forms.CharField(label=_("What happens"), max_length=200, widget=line_input())
    room = forms.CharField(label=_("Room"), max_length=200, required=False, widget=line_input())
    speakers = forms.CharField(label=_("Who speaks (roles)"), max_length=500, required=False, widget=line_input())

    field_order = ("day", "starts_at", "ends_at", "title", "language")

    def __init__(self, event: Event, session: Session | None, *args: Any, **kwargs: Any) -> None:
        """Filled with what is stored; a new one is proposed for the first day."""
        kwargs["initial"] = _stored_session(event, session) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def said(self) -> dict[str, Any]:
        """What is told, as the actions take it."""
        given = self.cleaned_data
        return {
            "title": (given["language"], given["title"]),
            "starts_at": _at(given["day"], given["starts_at"]),
            "ends_at": _at(given["day"], given["ends_at"]),
            "room": given["room"],
            "speakers": given["speakers"],
        }


class ParticipationForm(forms.Form):
    """A city or another party, and as what it takes part."""

    city = CityChoice(
        label=_("City"), queryset=City.objects.none(), required=False, empty_label=_("Somebody else, named below")
    )
    name = forms.CharField(label=_("Name of the party"), max_length=200, required=False, widget=line_input())
    role = forms.CharField(
        label=_("As what"),
        help_text=_("For example: host, speaker, observer."),
        max_length=200,
        required=False,
        widget=line_input(),
    )
    represented_by = forms.CharField(
        label=_("Represented by"),
        help_text=_("Only where it is published who comes. Then write the source, too."),
        max_length=200,
        required=False,
        widget=line_input(),
    )
    source = forms.CharField(label=_("Source"), max_length=500, required=False, widget=line_input())

    def __init__(self, cities: Cities, *args: Any, may_name_others: bool, **kwargs: Any) -> None:
        """With the cities that may be named here, and others by name only for whoever writes the event."""
        super().__init__(*args, **kwargs)
        city = self.fields["city"]
        if isinstance(city, forms.ModelChoiceField):
            city.queryset = cities
            if not may_name_others:
                city.required, city.empty_label = True, str(_("Choose a city"))
        if not may_name_others:
            del self.fields["name"]


class CancelForm(SayingForm):
    """Why an event does not take place."""

    SAID: ClassVar = ("why",)

    why = forms.CharField(label=_("Why it does not take place"), max_length=1000, widget=words_input(3))

    field_order = ("why", "language")


def _at(day: date, hour: time | None) -> datetime | None:
    """A moment by the clocks of the place, whichever these are."""
    return None if hour is None else datetime.combine(day, hour)


def _stored(event: Event) -> dict[str, Any]:
    zone = ZoneInfo(event.timezone)
    moments = {name: getattr(event, name) for name in ("starts_at", "ends_at")}
    same = ("kind", "starts_on", "ends_on", "city", "place", "country", "timezone", "link", "concepts", "source",
            "contact_role", "contact_mailbox", "sequence")  # fmt: skip
    return {
        **{name: getattr(event, name) for name in same},
        **{name: value.astimezone(zone).time() if value else None for name, value in moments.items()},
        "title": event.title.body,
        "about": event.about.body if event.about else "",
        "language": event.title.language,
    }


def _stored_session(event: Event, session: Session | None) -> dict[str, Any]:
    if session is None:
        return {"day": event.starts_on}
    zone = ZoneInfo(event.timezone)
    begins, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return {
        "day": begins.date(), "starts_at": begins.time(), "ends_at": ends.time(), "title": session.title.body,
        "language": session.title.language, "room": session.room, "speakers": session.speakers,
    }  # fmt: skip
