"""Words as the tests of languages need them: public ones, and a translator."""

from __future__ import annotations

from intercity.languages.models import Complaint, Findable, Kind, Passage, Text, Translation


def public(body: str, language: str = "en", *, kind: str = Kind.STATEMENT, address: str = "/dialogues/") -> Text:
    """A text that everybody can find."""
    text = Text.objects.create(language=language, body=body)
    findable = Findable.objects.create(kind=kind, key=str(text.pk), address=address)
    Passage.objects.create(
        findable=findable, text=text, language=language, body=body, words=body.lower(), words_by="test", change=text.pk
    )
    return text


def translated(text: Text, body: str, language: str = "km", *, wrong: int = 0, **fields: object) -> Translation:
    """A translation of the newest version, made by a machine unless said otherwise; so many readers complained."""
    given = {"state": "machine", "engine": "test-engine", "model": "7", "text_version": text.version, **fields}
    made = Translation.objects.create(text=text, language=language, body=body, **given)
    for _number in range(wrong):
        Complaint.objects.create(translation=made, note="the second word")
    return made
