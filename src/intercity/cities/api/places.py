"""The network and its cities as JSON. Nothing here needs an account."""

from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from intercity.cities.models import City, Level, Network
from intercity.languages.api import CODE, TextShown
from intercity.paging import Pages

router = Router(tags=["Network and cities"])


class NetworkShown(Schema):
    """The network that this installation serves."""

    name: str
    about: TextShown | None
    languages: list[str] = Field(description=CODE)
    contact: str = Field(description="E-mail address; empty where none is given.")
    is_demonstration: bool = Field(description="True where nothing of this is real.")


class Population(Schema):
    """How many people live there, who is counted, when, and who says so."""

    number: int = Field(ge=0)
    definition: str
    year: int | None = Field(ge=0, le=32767)
    source: str


class CityShown(Schema):
    """A member of the network. What is not known is null or empty."""

    slug: str = Field(description="Its address, which stays.")
    name: str = Field(description="In Latin letters.")
    names: dict[str, str] = Field(description="In other languages, by language code.")
    country: str = Field(description="ISO 3166-1, two letters.", min_length=2, max_length=2)
    level: Level
    geonames_id: int | None = Field(ge=0)
    wikidata_id: str
    locode: str = Field(description="UN/LOCODE")
    latitude: float | None = Field(ge=-90, le=90, description="Degrees north, WGS 84.")
    longitude: float | None = Field(ge=-180, le=180, description="Degrees east, WGS 84.")
    timezone: str = Field(description="Name in the IANA database.")
    languages: list[str] = Field(description=CODE)
    population: Population | None
    represented_by: str
    represented_source: str
    mailbox: str = Field(description="E-mail address of the office, not of a person.")
    joined_on: date | None
    left_on: date | None

    @staticmethod
    def resolve_names(found: City) -> dict[str, str]:
        """Names by language."""
        return {one.language: one.name for one in found.names.all()}

    @staticmethod
    def resolve_population(found: City) -> Population | None:
        """The count with its source, or None."""
        if found.population is None:
            return None
        return Population(
            number=found.population,
            definition=found.population_definition,
            year=found.population_year,
            source=found.population_source,
        )


class CityFilter(Schema):
    """Which cities are wanted."""

    country: str = Field("", pattern="^([A-Z]{2})?$", description="Two capital letters of ISO 3166-1.")
    former: bool = Field(False, description="With cities that have left.")


@router.get("/network", response=NetworkShown, summary="The network")
def network(request: HttpRequest) -> Network:
    """What this installation is for."""
    return get_object_or_404(Network.objects.select_related("about"), pk=1)


@router.get("/cities", response=list[CityShown], summary="Cities")
@paginate(Pages, key="slug")
def cities(request: HttpRequest, wanted: Query[CityFilter]) -> QuerySet[City]:
    """Members by their address."""
    found = City.objects.all() if wanted.former else City.objects.members()
    if wanted.country:
        found = found.filter(country=wanted.country)
    return found.prefetch_related("names")


@router.get("/cities/{slug:slug}", response=CityShown, summary="One city")
def city(request: HttpRequest, slug: str) -> City:
    """A member, or a city that was one."""
    return get_object_or_404(City.objects.prefetch_related("names"), slug=slug)
