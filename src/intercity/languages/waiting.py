"""What waits for translators: how each public text stands in a language, and which is to be looked at next.

Public is what can be found, a text with a passage, and what stands beside it. A draft, or what waits for moderation or
was removed, has neither, and is shown to no translator.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Case, Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from intercity.languages.models import Beside, Complaint, Findable, Kind, Passage, Text, Translation, TranslationState


class Standing(models.TextChoices):
    """How a text stands in one language, the most urgent first."""

    COMPLAINED = "complained", _("Readers say it is wrong")
    OUTDATED = "outdated", _("The original has changed since")
    MACHINE = "machine", _("Made by a machine, not yet checked")
    WRITTEN = "written", _("Written by a person, not yet checked")
    MISSING = "missing", _("Not yet translated")
    DONE = "done", _("Checked")


@dataclass(frozen=True)
class Progress:
    """How many public texts stand where in one language, those that are written in it left out."""

    language: str
    complained: int = 0
    outdated: int = 0
    machine: int = 0
    written: int = 0
    missing: int = 0
    done: int = 0

    @property
    def total(self) -> int:
        """All texts of other languages."""
        return self.to_do + self.done

    @property
    def to_do(self) -> int:
        """Those that somebody should look at."""
        return self.complained + self.outdated + self.machine + self.written + self.missing

    @property
    def waiting(self) -> list[tuple[str, int]]:
        """What there is to do, the most urgent first, without what there is none of."""
        numbers = [(name, getattr(self, name)) for name in Standing.values if name != Standing.DONE]
        return [(name, number) for name, number in numbers if number]


def is_public(text: Text) -> bool:
    """Whether everybody can find these words."""
    return Text.objects.filter(read_by_all(), pk=text.pk).exists()


def found_by(key: str = "pk") -> Exists:
    """Whether something is found by a text; `key` leads to the text."""
    return Exists(Passage.objects.filter(text=OuterRef(key), is_translation=False))


def read_by_all(key: str = "pk") -> Q:
    """Whether everybody can read a text: something is found by it, or it stands beside; `key` leads to the text."""
    return Q(found_by(key)) | Q(Exists(Beside.objects.filter(text=OuterRef(key))))


def place_of(text: Text) -> Findable | None:
    """The first thing on whose page a public text stands; None where nobody reads it."""
    read = Findable.objects.exclude(address="").order_by("pk")
    return read.filter(passages__text=text).first() or read.filter(beside__text=text).first()


def standings(language: str) -> QuerySet[Text]:
    """The public texts of other languages, each with its `standing` in this one, the most urgent first.

    What readers complained of comes first, then what dialogues themselves say, then the rest as it was written, and
    last that by which nothing is found.
    """
    own = Passage.objects.filter(text=OuterRef("pk"), is_translation=False, findable__kind=Kind.DIALOGUE)
    wrong = Complaint.objects.filter(translation=OuterRef("mine"), resolved_at=None)
    found = (
        Text.objects.filter(read_by_all())
        .exclude(language=language)
        .annotate(mine=FilteredRelation("translations", condition=Q(translations__language=language)))
        .annotate(standing=_standing("mine__", F("version"), wrong, Q(mine__pk=None)))
        .annotate(is_wrong=Q(standing=Standing.COMPLAINED), is_own=Exists(own), is_found=found_by())
    )
    return found.order_by("-is_wrong", "-is_own", "-is_found", "pk")


def to_do(language: str, *, only: str = "") -> QuerySet[Text]:
    """What somebody should look at in a language, or only what stands in one way."""
    found = standings(language)
    return standing_at(found, only) if only in Standing.values else found.exclude(Q(("standing", Standing.DONE)))


def standing_at(found: QuerySet[Text], standing: str) -> QuerySet[Text]:
    """Of texts with their standing, those that stand so."""
    return found.filter(Q(("standing", standing)))


def following(language: str, text: Text, *, only: str = "", writer: int | None = None) -> int | None:
    """The key of what comes after a text in the queue; after the last the first; None where nothing else waits.

    What the person with the key `writer` wrote waits for somebody else, and is passed over.
    """
    found = to_do(language, only=only)
    if writer is not None:
        own = Q(mine__made_by=writer, mine__engine="", mine__state=TranslationState.WRITTEN)
        is_own = Case(When(own, then=Value(True)), default=Value(False))
        found = found.annotate(is_theirs=is_own).filter(Q(("is_theirs", False)) | Q(("standing", Standing.OUTDATED)))
    keys = list(found.values_list("pk", flat=True))
    place = keys.index(text.pk) + 1 if text.pk in keys else 0
    return next((key for key in [*keys[place:], *keys[:place]] if key != text.pk), None)


def progress(languages: Iterable[str]) -> list[Progress]:
    """How far each language has come; two questions, however many languages there are."""
    written = dict(Text.objects.filter(read_by_all()).order_by().values_list("language").annotate(number=Count("pk")))
    languages, standing = list(languages), dict[str, Counter[str]]()
    for language, where, number in _translated(languages):
        standing.setdefault(language, Counter())[where] += number
    return [_progress(code, sum(written.values()) - written.get(code, 0), standing.get(code)) for code in languages]


def _progress(language: str, total: int, counted: Counter[str] | None) -> Progress:
    counted = counted or Counter()
    return Progress(language, **{**counted, "missing": max(0, total - counted.total())})


def _translated(languages: list[str]) -> Iterable[tuple[str, str, int]]:
    """How many translations of public texts stand where, for each of the languages."""
    wrong = Complaint.objects.filter(translation=OuterRef("pk"), resolved_at=None)
    return (
        Translation.objects.filter(read_by_all("text"), language__in=languages)
        .exclude(language=F("text__language"))
        .annotate(standing=_standing("", F("text__version"), wrong))
        .order_by()
        .values_list("language", "standing")
        .annotate(number=Count("pk"))
    )


def _standing(place: str, version: F, wrong: QuerySet[Complaint], missing: Q | None = None) -> Case:
    """Where a translation stands; `place` leads to its fields."""
    absent = [] if missing is None else [When(missing, then=Value(Standing.MISSING))]
    return Case(
        *absent,
        When(**{f"{place}text_version__lt": version}, then=Value(Standing.OUTDATED)),
        When(Exists(wrong), then=Value(Standing.COMPLAINED)),
        When(**{f"{place}state": TranslationState.MACHINE}, then=Value(Standing.MACHINE)),
        When(**{f"{place}state": TranslationState.WRITTEN}, then=Value(Standing.WRITTEN)),
        default=Value(Standing.DONE),
        output_field=models.CharField(),
    )
