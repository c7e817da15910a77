"""A dialogue: a question to the people of several cities, with somebody who must answer by a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import Visitor, has_any_role, has_role
from intercity.languages.models import Text

if TYPE_CHECKING:
    from datetime import date

    from intercity.cities.models import City


class State(models.TextChoices):
    """Where a dialogue stands."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed, waiting for an answer")
    ANSWERED = "answered", _("Answered")


class Admission(models.TextChoices):
    """Who may take part."""

    OPEN = "open", _("Everybody who has the link")
    INVITATION = "invitation", _("Everybody who has an invitation")
    MEMBERS = "members", _("People with a role in the network")


class ModerationTime(models.TextChoices):
    """When statements are looked at."""

    BEFORE = "before", _("Before they are shown")
    AFTER = "after", _("After they are shown")


class Dialogues(models.QuerySet["Dialogue"]):
    """Questions about dialogues."""

    def public(self) -> Dialogues:
        """Those that everybody may see: all but drafts."""
        return self.exclude(state=State.DRAFT)

    def visible_to(self, visitor: Visitor) -> Dialogues:
        """Public ones, and drafts for those who prepare them."""
        return self if has_any_role(visitor, Role.SECRETARIAT) else self.public()

    def to_close(self) -> Dialogues:
        """Open ones whose time is over."""
        return self.filter(state=State.OPEN, closes_at__lte=timezone.now())

    def overdue(self) -> Dialogues:
        """Closed ones whose answer was promised for a day that has passed."""
        return self.filter(state=State.CLOSED, answer_due__lt=timezone.localdate())

    def with_words(self) -> Dialogues:
        """With everything a list or a page shows, in a few questions to the database."""
        return self.select_related("question", "background", "responder_city", "responder").prefetch_related(
            "question__translations", "background__translations", "rounds"
        )


class Dialogue(models.Model):
    """A question, who is asked, who answers until when, and how it is run."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    question = models.ForeignKey(Text, models.PROTECT, related_name="+", verbose_name=_("question"))
    background = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+", verbose_name=_("background"))
    themes = models.JSONField(_("themes"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT, db_index=True)
    opened_at = models.DateTimeField(_("opened"), null=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    answer_due = models.DateField(_("answer promised for"), null=True, blank=True)
    responder_role = models.CharField(_("who answers: the office"), max_length=150, blank=True)
    responder_city = models.ForeignKey(
        "cities.City", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("of which city")
    )
    responder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    cities = models.ManyToManyField("cities.City", related_name="dialogues", blank=True, verbose_name=_("cities"))
    admission = models.CharField(max_length=12, choices=Admission.choices, default=Admission.OPEN)
    moderation = models.CharField(max_length=8, choices=ModerationTime.choices, default=ModerationTime.AFTER)
    live_results = models.BooleanField(_("results can be seen while it is open"), default=True)
    asks_age = models.BooleanField(_("asks for an age band"), default=False)
    asks_gender = models.BooleanField(_("asks for gender"), default=False)
    statement_length = models.PositiveSmallIntegerField(_("longest statement, in characters"), default=200)
    statements_each = models.PositiveSmallIntegerField(_("most statements by one person"), default=10)
    is_simulated = models.BooleanField(_("votes are simulated"), default=False)
    is_imported = models.BooleanField(_("brought in from another system"), default=False)
    attribution = models.CharField(_("attribution"), max_length=500, blank=True)
    licence = models.CharField(_("licence of the data"), max_length=60, default="CC BY 4.0")
    created_at = models.DateTimeField(default=timezone.now)

    objects = Dialogues.as_manager()

    class Meta:
        verbose_name = _("dialogue")
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(is_imported=True)
                | (~Q(responder_role="") & Q(responder_city__isnull=False) & Q(answer_due__isnull=False)),
                name="nothing_opens_without_a_responder_and_a_date",
            )
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def round(self) -> Round:
        """The round that is open, or was last."""
        rounds = list(self.rounds.all())
        return rounds[-1]

    @property
    def is_open(self) -> bool:
        """Whether votes are taken now; its time may be over although nobody has closed it yet."""
        return self.state == State.OPEN and (self.closes_at is None or self.closes_at > timezone.now())

    @property
    def is_overdue(self) -> bool:
        """Whether the answer was promised for a day that has passed."""
        due: date | None = self.answer_due
        return self.state == State.CLOSED and due is not None and due < timezone.localdate()

    @property
    def shows_results(self) -> bool:
        """Whether everybody may see results now."""
        return self.state in {State.CLOSED, State.ANSWERED} or (self.state == State.OPEN and self.live_results)

    def may_be_moderated_by(self, visitor: Visitor) -> bool:
        """Moderators and the secretariat of the network, and moderators of the city that answers."""
        city: City | None = self.responder_city
        return has_role(visitor, Role.SECRETARIAT, Role.MODERATOR, city=city)

    def may_be_answered_by(self, visitor: Visitor) -> bool:
        """The person named and, where nobody is, responders of the city that answers."""
        if self.responder_id is not None:
            return isinstance(visitor, Person) and visitor.is_active and visitor.pk == self.responder_id
        return self.responder_city is not None and has_role(visitor, Role.RESPONDER, city=self.responder_city)


class Rounds(models.QuerySet["Round"]):
    """Questions about rounds."""

    def stale(self) -> Rounds:
        """Rounds whose stored result does not count all votes."""
        return self.filter(Q(result=None) | ~Q(result__version=models.F("votes_version")))


class Round(models.Model):
    """One time of asking. A dialogue that is opened again has a new round, which carries its statements over.

    `votes_version` is increased in the transaction of every vote and of every decision that changes what counts, and
    read before votes are read: so a result knows exactly which votes it counts, and is never fresh by mistake.
    """

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    votes_version = models.PositiveBigIntegerField(default=0)

    objects = Rounds.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("round")
        constraints: ClassVar = [models.UniqueConstraint(fields=["dialogue", "number"], name="rounds_are_numbered")]

    def __str__(self) -> str:
        return f"{self.dialogue} {self.number}"

    def next_version(self) -> int | None:
        """Count one change of what people said, in the caller's transaction; None if the round is closed.

        The row stays locked until the transaction ends: versions follow each other as their votes are committed.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE dialogues_round SET votes_version = votes_version + 1 "
                "WHERE id = %s AND closed_at IS NULL RETURNING votes_version",
                [self.pk],
            )
            row = cursor.fetchone()
        return None if row is None else int(row[0])

    def count_decision(self) -> None:
        """Count a decision that changes what counts; allowed in a closed round, too."""
        Round.objects.filter(pk=self.pk).update(votes_version=models.F("votes_version") + 1)
