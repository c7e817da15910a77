"""What can be found by searching: things of any subject, and the passages of words by which they are found.

All of it can be thrown away and computed again. Actions only count up what is wanted; duties build the passages.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.languages.models.texts import Text


class Kind(models.TextChoices):
    """What kinds of things are found together."""

    DIALOGUE = "dialogue", _("Dialogue")
    STATEMENT = "statement", _("Statement")
    ANSWER = "answer", _("Answer")
    CITY = "city", _("City")
    PRACTICE = "practice", _("Practice")
    CHALLENGE = "challenge", _("Challenge")
    POSTING = "posting", _("Need or offer")
    COMMITMENT = "commitment", _("Commitment")
    AGREEMENT = "agreement", _("Agreement")
    EVENT = "event", _("Event")
    STORY = "story", _("Story")


class Findables(models.QuerySet["Findable"]):
    """Questions about what can be found."""

    def stale(self, *kinds: str) -> Findables:
        """Of these kinds, those that changed after their passages were built, and whose time has come."""
        return self.filter(kind__in=kinds, wanted__gt=F("indexed"), due_at__lte=timezone.now()).order_by("pk")


class Findable(models.Model):
    """Something that can be found: `kind` and `key` say what; `wanted` counts its changes, `indexed` those built in.

    `address` is where it is read, from the root of the site. One without passages, such as a removed statement, stays.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    address = models.CharField(max_length=300, blank=True)
    wanted = models.PositiveBigIntegerField(default=1)
    indexed = models.PositiveBigIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=300, blank=True)

    objects = Findables.as_manager()

    class Meta:
        verbose_name = _("findable")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="found_once")]
        indexes: ClassVar = [models.Index(F("kind"), condition=Q(wanted__gt=F("indexed")), name="to_be_indexed")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Passage(models.Model):
    """Some sentences in one language, by which something is found: its words, cut, and its meaning as a vector.

    `words` are the cut words with spaces between, `plain` those that are others without their accents, `words_by` the
    version of the cutting; the database keeps its index of both by itself. `vector` holds 512 signed bytes whose
    direction is the meaning, `vector_by` names what made it: empty where nothing speaks the language.
    `change` counts up over the whole table, so that whoever keeps vectors in memory reads only what is new.
    """

    findable = models.ForeignKey(Findable, models.CASCADE, related_name="passages")
    text = models.ForeignKey(Text, models.CASCADE, null=True, related_name="passages")
    language = models.CharField(max_length=20)
    is_translation = models.BooleanField(default=False)
    is_name = models.BooleanField(default=False)
    body = models.TextField()
    words = models.TextField()
    plain = models.TextField(default="", blank=True)
    words_by = models.CharField(max_length=40)
    vector = models.BinaryField(null=True)
    vector_by = models.CharField(max_length=60, blank=True)
    change = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("passage")

    def __str__(self) -> str:
        return self.body[:60]


class Beside(models.Model):
    """A text that everybody reads where a thing stands, and by which it is not found: translated after what is.

    `text_version` is that which stands there, so that a change makes a new row, with a greater key.
    """

    findable = models.ForeignKey(Findable, models.CASCADE, related_name="beside")
    text = models.ForeignKey(Text, models.CASCADE, related_name="beside")
    text_version = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("text beside what can be found")
        constraints: ClassVar = [models.UniqueConstraint(fields=["findable", "text"], name="once_beside_a_thing")]

    def __str__(self) -> str:
        return f"{self.findable}: {self.text}"


class WordCount(models.Model):
    """In how many passages of a language a word is, and how often in all; the row without a word counts every word.

    A word that is written with accents counts without them, too. Kept by whoever keeps passages, since both databases
    count the rows of a common word only by reading all of them.
    """

    language = models.CharField(max_length=20)
    word = models.CharField(max_length=100)
    passages = models.BigIntegerField()
    times = models.BigIntegerField()

    class Meta:
        verbose_name = _("count of a word")
        constraints: ClassVar = [models.UniqueConstraint(fields=["word", "language"], name="one_count_of_each_word")]

    def __str__(self) -> str:
        return f"{self.language} {self.word}: {self.passages}"
