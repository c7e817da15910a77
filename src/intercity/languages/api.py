"""How people's words look in the API."""

from __future__ import annotations

from ninja import Field, Schema

from intercity.languages.models import Text, Translation, TranslationState

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
