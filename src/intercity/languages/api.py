"""How people's words look in the API."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Field, Query, Router, Schema

from intercity.languages.models import Kind, Text, Translation, TranslationState
from intercity.languages.network import network_languages
from intercity.languages.searching import MOST_HITS, Found, Hit, find

router = Router(tags=["Search"])

CODE = "A language code as in BCP 47, in small letters where this network uses it: `en`, `km`, `zh-hans`."


class TranslationShown(Schema):
    """A translation that is of the newest version of the words."""

    language: str = Field(description=CODE)
    text: str
    engine: str = Field(description="The machine that translated; empty where a person did.")
    model: str = Field(description="The machine's model, where it has several.")
    via: str = Field(description="The language of the translation that the machine read; empty for the original.")
    state: str = Field(description="`machine`, `written` (by a person), `checked` or `corrected`.")
    is_reviewed: bool = Field(description="Whether a second person has looked at it.")

    @staticmethod
    def resolve_text(found: Translation) -> str:
        """The words."""
        return found.body

    @staticmethod
    def resolve_is_reviewed(found: Translation) -> bool:
        """Reviewed once somebody has checked or corrected it."""
        return found.state in {TranslationState.CHECKED, TranslationState.CORRECTED}


class TextShown(Schema):
    """Words as somebody wrote them, and their translations beside them."""

    language: str = Field(description=CODE)
    text: str = Field(description="The original; a translation never replaces it.")
    translations: list[TranslationShown]

    @staticmethod
    def resolve_text(found: Text) -> str:
        """The words."""
        return found.body

    @staticmethod
    def resolve_translations(found: Text) -> list[Translation]:
        """Those that are not out of date."""
        return [one for one in found.translations.all() if one.text_version == found.version]


class Wanted(Schema):
    """What is looked for."""

    q: str = Field(
        min_length=1,
        max_length=500,
        pattern="^[^\\u0000]*$",
        description="Words or a sentence, in any language of the network.",
    )
    kind: list[Kind] = Field([], max_length=len(Kind), description="Only these kinds; all where none is given.")
    limit: int = Field(20, ge=1, le=100, description="How many are wanted at most.")
    start: int = Field(0, ge=0, le=MOST_HITS, description="How many came on earlier pages.")


class HitShown(Schema):
    """Something that was found, and why."""

    kind: Kind
    address: str = Field(description="Where it is read, from the root of the site.")
    text: str = Field(description="The passage by which it was found.")
    language: str = Field(description=CODE)
    is_translation: bool = Field(description="Whether the passage is a translation.")
    original_language: str = Field(description="The language in which it was written.")
    words: list[str] = Field(description="Words of the query that the passage has, as they were cut.")
    meaning: float | None = Field(
        ge=-1,
        le=1,
        description="Cosine of the meanings; null where meaning was not compared. It differs by languages.",
    )
    likeness: str = Field(description="What the cosine says for these languages: `strong`, `near`, or empty.")

    @staticmethod
    def resolve_text(found: Hit) -> str:
        """The words."""
        return found.body


class UnderstoodShown(Schema):
    """How the query was read."""

    words: list[str] = Field(description="Its words, as they were cut.")
    language: str | None = Field(description="The language it was taken for; null where nothing could be said.")
    is_sure: bool
    by_meaning: bool = Field(description="Whether meanings were compared; else only words were.")


class FoundShown(Schema):
    """A page of what was found, the best first."""

    items: list[HitShown]
    total_is_at_least: int = Field(ge=0, description=f"At most {MOST_HITS} are counted.")
    has_more: bool
    understood_as: UnderstoodShown

    @staticmethod
    def resolve_items(found: Found) -> list[Hit]:
        """Named as in other lists."""
        return list(found.hits)


@router.get("/search", response=FoundShown, summary="Search")
def search(request: HttpRequest, wanted: Query[Wanted]) -> Found:
    """Dialogues, statements, answers and cities, by words in any language and by what they mean."""
    return find(
        wanted.q,
        reader=get_language() or "en",
        languages=network_languages(),
        kinds=[str(kind) for kind in wanted.kind],
        most=wanted.limit,
        start=wanted.start,
    )
