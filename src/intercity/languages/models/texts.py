"""What people wrote, each in its own language; translations stand beside it and never replace it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Words:
    """A text as it is shown to somebody: the words, their language, and where they come from.

    `translated_from` is the original's language where these words are a translation; `engine` names the machine that
    made it, and is empty where a person did; `via` is the language of the translation that the machine read, where it
    did not read the original; `original` are the original's words then. `asked` is the reader's language where neither
    the original nor a translation is in it, and empty where one is.
    """

    body: str
    language: str
    translated_from: str = ""
    engine: str = ""
    via: str = ""
    state: str = ""
    made_on: str = ""
    translation: int | None = None
    original: str = ""
    asked: str = ""

    @property
    def awaits_review(self) -> bool:
        """Whether these are a translation that no second person has looked at."""
        return bool(self.translated_from) and self.state not in {"checked", "corrected"}


class LanguageSaidBy(models.TextChoices):
    """Who said which language a text is in; the author's word stands above the detector's."""

    AUTHOR = "author", _("the author")
    DETECTOR = "detector", _("recognised by the computer")
    SOURCE = "source", _("the source it was imported from")


class Text(models.Model):
    """Something that a person wrote. A change is a new version; translations say which version they are of.

    `typed` is what came where it was not kept as it came, such as Burmese in the encoding Zawgyi; else it is empty.
    """

    language = models.CharField(_("language"), max_length=20)
    language_said_by = models.CharField(
        _("language said by"), max_length=10, choices=LanguageSaidBy.choices, default=LanguageSaidBy.AUTHOR
    )
    body = models.TextField(_("words"))
    typed = models.TextField(_("as typed"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("text")

    def __str__(self) -> str:
        return self.body[:80]

    def words(self, language: str, others: Sequence[str] = ()) -> Words:
        """These words for a reader: in their language, else in one of the others, in that order, else as written.

        `others` are the network's languages. The original counts as what is in its language. Uses prefetched
        translations where there are any, so that a page of texts asks the database once; a translation of an older
        version is not shown.
        """
        fresh = {one.language: one for one in self.translations.all() if one.text_version == self.version}
        for wanted in (language, *others):
            asked = "" if wanted == language else language
            if wanted == self.language:
                return Words(self.body, self.language, asked=asked)
            if wanted in fresh:
                return fresh[wanted].shown(self, asked)
        return Words(self.body, self.language, asked=language if self.language != language else "")
