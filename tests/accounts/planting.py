"""One row of every table, with a secret in each column that could hold one."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.utils import timezone

from intercity.accounts.records import SECRET, ReadOnly, site

PLANTED = "planted-secret"
GIVEN: dict[str, dict[str, Any]] = {
    "dialogues.Likeness": {"other": lambda: _second("dialogues.Statement", number=9_999)},
    "practices.Adoption": {"from_city": lambda: None},
    "practices.Cost": {"adoption": lambda: None},
    "practices.Result": {"adoption": lambda: None},
    "accounts.Membership": {"role": lambda: "translator"},
    "cities.Thread": {"other": lambda: _second("cities.City", slug="other")},
    "cities.Tie": {"other": lambda: _second("cities.City", slug="other")},
    "events.Event": {"ends_at": lambda: timezone.now() + timedelta(hours=1)},
    "events.Session": {"ends_at": lambda: timezone.now() + timedelta(hours=1)},
    "partnerships.Introduction": {"other": lambda: _second("cities.City", slug="other")},
    "partnerships.Outcome": {"months": lambda: 3},
    "partnerships.PostingReply": {"hidden_at": lambda: None},
    "partnerships.Commitment": {"confirmer": lambda: "residents", "confirmer_city": lambda: None},
}
"""Where a constraint of the table wants something else than a value in every column."""


def planted(model: type[models.Model]) -> models.Model:
    """The first row of a table, made if there is none: every column filled, what is named like a secret with one."""
    found = model._default_manager.order_by("pk").first()
    return found or _made(model)


def _made(model: type[models.Model], **more: Any) -> models.Model:
    given = {name: make() for name, make in GIVEN.get(model._meta.label, {}).items()} | more
    for field in model._meta.concrete_fields:
        if field.name not in given and not field.primary_key:
            given[field.name] = _value(field)
    return model._default_manager.create(**given)


def _second(label: str, **more: Any) -> models.Model:
    """Another row; made of what is unlike the first in what has to be."""
    model = apps.get_model(label)
    planted(model)
    more |= {"geonames_id": 2} if label == "cities.City" else {}
    fresh = {field.name: _made(field.related_model) for field in model._meta.concrete_fields if field.one_to_one}
    return _made(model, **fresh, **more)


def _value(field: models.Field[Any, Any]) -> Any:
    if field.related_model is not None:
        return None if field.related_model is field.model else planted(field.related_model)
    admin = site._registry.get(field.model)
    public = admin.also_shown if isinstance(admin, ReadOnly) else ()
    if (
        SECRET.search(field.name)
        and field.name not in public
        and isinstance(field, models.CharField | models.TextField)
    ):
        return PLANTED[: field.max_length]
    if field.has_default():
        return field.get_default()
    if field.choices:
        return field.flatchoices[0][0]
    return _plain(field)


def _plain(field: models.Field[Any, Any]) -> Any:
    kinds: list[tuple[type[models.Field[Any, Any]], Any]] = [
        (models.EmailField, "planted@example.org"),
        (models.URLField, "https://example.org/planted"),
        (models.BinaryField, PLANTED.encode()),
        (models.DateTimeField, timezone.now()),
        (models.DateField, timezone.localdate()),
        (models.DecimalField, Decimal(1)),
        (models.UUIDField, uuid4()),
        (models.BooleanField, False),
        (models.JSONField, {}),
    ]
    for kind, value in kinds:
        if isinstance(field, kind):
            return value
    if isinstance(field, models.CharField | models.TextField):
        return "planted"[: field.max_length]
    return 1
