"""People who sign in, and their roles. Residents who take part in a dialogue are not among them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class People(BaseUserManager["Person"]):
    """Making people, as Django and allauth ask for it."""

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> Person:
        """A person; without an address they sign in by a card, without a password by a code or a passkey."""
        person = self.model(email=self.normalize_email(email) or None, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """The operator, who may open the administration pages."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Person:
        """By address, whatever the case it was typed in."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody of a city or of the secretariat. An address is not needed: a printed card signs in, too."""

    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=20, default="en")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the administration pages"), default=False)
    joined_at = models.DateTimeField(_("since"), default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects = People()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email or ""

    def get_full_name(self) -> str:
        """As Django asks for it."""
        return self.name


class Role(models.TextChoices):
    """What somebody does for the network or for a city."""

    SECRETARIAT = "secretariat", _("Secretariat")
    OFFICER = "officer", _("International officer")
    MODERATOR = "moderator", _("Moderator")
    TRANSLATOR = "translator", _("Translator")
    RESPONDER = "responder", _("Responder")


class Memberships(models.QuerySet["Membership"]):
    """Questions about roles."""

    def current(self) -> Memberships:
        """Roles that people have now."""
        return self.filter(ended_at=None, person__is_active=True)


class Membership(models.Model):
    """A role of a person, in a city or, without one, in the whole network."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    city = models.ForeignKey(
        "cities.City", models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name=_("city")
    )
    mailbox = models.EmailField(
        _("role mailbox"),
        blank=True,
        help_text=_("An address of the office, not of a person: letters go there, whoever holds the role."),
    )
    began_at = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects = Memberships.as_manager()

    class Meta:
        verbose_name = _("membership")
        constraints: ClassVar = [
            # Two, since SQLite knows no "nulls not distinct".
            models.UniqueConstraint(
                fields=["person", "role", "city"],
                condition=Q(ended_at=None, city__isnull=False),
                name="one_current_membership_in_each_city",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(ended_at=None, city__isnull=True),
                name="one_current_membership_in_the_network",
            ),
            models.CheckConstraint(
                condition=~Q(role="secretariat") | Q(city=None), name="secretariat_is_of_the_whole_network"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"

    @property
    def address(self) -> str:
        """Where letters to this role go: the office's mailbox, else the person's address; empty if neither is."""
        return self.mailbox or self.person.email or ""


class SignInCard(models.Model):
    """A card to be printed that signs somebody in once, for people and days without e-mail. Only its hash is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="cards")
    code_hash = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sign-in card")

    def __str__(self) -> str:
        return f"{self.person} {self.issued_at:%Y-%m-%d}"

    @property
    def is_valid(self) -> bool:
        """Whether it still signs in."""
        return self.used_at is None and self.revoked_at is None and self.expires_at > timezone.now()


class Attempt(models.Model):
    """How often something was tried from one address within a span of time; deleted within a day.

    `key` is made of the address with a key that changes daily: without this installation's secret it leads nowhere.
    """

    purpose = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    window = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("attempt")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purpose", "key", "window"], name="one_count_of_attempts_in_a_window")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.count}"
