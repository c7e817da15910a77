"""The facts that people need of a need or an offer before they call: for each kind its own, none of them compulsory.

They are few, and each is there because somebody who trades, travels, runs systems, dances or teaches asks it first.
What is left empty is shown as not known, except where nobody would ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intercity.partnerships.models.postings import Direction, PostingKind

Type = Literal["text", "number", "date", "yes_no", "choice", "money", "link"]
BOTH: Final = (Direction.NEED, Direction.OFFER)


@dataclass(frozen=True)
class Field:
    """One fact of a kind of posting.

    Attributes
    ----------
    name : str
        Its key in `Posting.facts`, and the name of its input; money has three inputs (`inputs`).
    label, help : lazy str
        Beside the input, and under it.
    type : str
        text and link: str. number: int from 0 to `most`. date: a year, a month or a day of the Extended Date/Time
        Format. yes_no: bool. choice: a code of `choices`. money: a mapping of amount (str),
        currency and year (int): {"amount": "120000", "currency": "USD", "year": 2026}.
    choices : tuple of (code, lazy str)
    length : int
        Most characters of a text.
    most : int
        The largest number.
    directions : tuple of Direction
        Whether a need has it, or an offer, or both.
    """

    name: str
    label: Any
    type: Type = "text"
    choices: tuple[tuple[str, Any], ...] = ()
    help: Any = ""
    length: int = 300
    most: int = 1_000_000_000
    directions: tuple[Direction, ...] = BOTH

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of its inputs: one, or of money amount, currency and year of the prices."""
        return (self.name, f"{self.name}_currency", f"{self.name}_year") if self.type == "money" else (self.name,)


_CONNECTION = (
    Field(
        "connection",
        _("How one gets there"),
        help=_("By train, boat, bus or flight, and how often. This changes: say below when you looked."),
    ),
    Field(
        "connection_checked_on", _("Connection last checked on"), "date", help=_("A year, a month or a day: 2026-03.")
    ),
)

TRADE: Final = (
    Field("certificates", _("Certificates"), help=_("For example: organic, halal, ISO 22000. With who issued it.")),
    Field("smallest_lot", _("Smallest lot"), help=_("With its unit: 500 kg, one container, 200 pieces."), length=100),
    Field("yearly_quantity", _("Quantity a year"), help=_("With its unit: about 40 tonnes."), length=100),
    Field(
        "delivery",
        _("Where and how it is handed over"),
        help=_("A port, a border gate, a warehouse; who carries it there."),
    ),
    Field(
        "price", _("Price, about"), "money", help=_("Of one unit, if you wish to say it. The unit goes into the text.")
    ),
    Field("samples", _("Samples can be had"), "yes_no", directions=(Direction.OFFER,)),
)

TOURISM: Final = (
    Field("season", _("Season"), help=_("When it is best, and when it should not be."), length=200),
    Field(
        "border", _("At the border"), help=_("Which gate, which papers, how long it takes. Say since when this holds.")
    ),
    Field(
        "accessibility", _("Accessibility"), help=_("For people in wheelchairs, with prams, who see or hear little.")
    ),
    Field(
        "capacity",
        _("How many visitors it bears"),
        help=_("What the place and its people bear in a day, and who counts."),
    ),
    Field("days", _("Days in all"), "number", most=365),
    *_CONNECTION,
)

TECHNOLOGY: Final = (
    Field("product", _("Product or system"), length=200),
    Field(
        "open_source", _("Address of the open source code"), "link", help=_("If others may use it: where it stands.")
    ),
    Field("vendor", _("Who makes or runs it"), length=200, help=_("A company, a university, the city itself.")),
    Field(
        "yearly_cost",
        _("Cost a year"),
        "money",
        help=_("What the city pays in all: licences, hosting, people."),
        directions=(Direction.OFFER,),
    ),
    Field("budget", _("Money there is for it"), "money", directions=(Direction.NEED,)),
    Field("contract_end", _("End of the contract"), "date", help=_("A year, a month or a day: 2027-06.")),
    Field("shows", _("Willing to show it"), "yes_no", directions=(Direction.OFFER,)),
    Field(
        "test_bed",
        _("Test bed"),
        "choice",
        (("offered", _("others may test theirs here")), ("sought", _("a place to test is sought"))),
        help=_("Whether something new is to be tried out."),
    ),
    Field(
        "users",
        _("People who use it"),
        "number",
        help=_("About how many, as counted where it runs."),
        directions=(Direction.OFFER,),
    ),
)

EXCHANGES: Final = (
    # Translators: two schools that keep in touch and visit each other.
    ("twinning", _("twinning of schools")),
    # Translators: a group of dancers, singers, actors or musicians.
    ("troupe", _("visit of a troupe")),
    # Translators: making things by hand, such as weaving or pottery.
    ("craft", pgettext_lazy("made by hand", "craft")),
    ("festival", _("festival")),
    ("exhibition", _("exhibition")),
    ("other", _("something else")),
)
CULTURE: Final = (
    Field("what", _("What it is"), "choice", EXCHANGES),
    Field("ages", _("Ages"), help=_("For example: 12 to 14."), length=60),
    Field("group_size", _("People in the group"), "number", most=10_000),
    Field("starts_on", _("From"), "date", help=_("A year, a month or a day: 2026-04.")),
    Field("ends_on", _("Until"), "date"),
    Field("hosting", _("Where guests stay"), help=_("With families, in a school, in a hotel; who looks after them.")),
    Field("pays", _("Who pays for what"), help=_("Travel, rooms, food, fees.")),
)

KNOW_HOW: Final = (
    Field(
        "what",
        _("What it is"),
        "choice",
        (
            ("hour", _("an hour of an officer, by telephone or video")),
            ("visit", _("a visit")),
            ("study_place", _("a place to study or work along")),
        ),
    ),
    Field("topic", _("What about"), length=200),
    Field("length", _("How long"), help=_("For example: one hour, three days, two months."), length=60),
    Field("places", _("For how many people"), "number", most=10_000),
    Field("from_when", _("From when"), "date", help=_("A year, a month or a day: 2026-04.")),
    Field("pays", _("Who pays for what"), help=_("Travel, rooms, food, fees.")),
)

FIELDS: Final[Mapping[PostingKind, tuple[Field, ...]]] = MappingProxyType(
    {
        PostingKind.TRADE: TRADE,
        PostingKind.TOURISM: TOURISM,
        PostingKind.TECHNOLOGY: TECHNOLOGY,
        PostingKind.CULTURE: CULTURE,
        PostingKind.KNOW_HOW: KNOW_HOW,
    }
)
"""For each kind its facts, in the order in which they are asked and shown."""


def fields(kind: str, direction: str) -> tuple[Field, ...]:
    """The facts of a need or an offer of a kind, in their order; ValueError for what is no kind."""
    return tuple(one for one in FIELDS[PostingKind(kind)] if direction in one.directions)
