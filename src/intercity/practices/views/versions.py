"""The versions of a practice: each as it was published, and what differs between two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Choices, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from intercity.languages.network import network_languages
from intercity.practices import vocabulary
from intercity.practices.models import Cost, Medium, Partner, Practice, PracticeVersion, Result
from intercity.practices.models.versions import compare
from intercity.practices.views.shown import Shown, themes, visible

LISTS: Mapping[str, type[Choices]] = {
    "funding": vocabulary.FUNDING,
    "groups": vocabulary.GROUPS,
    "cofog": vocabulary.COFOG,
    "focus_area": vocabulary.FOCUS_AREAS,
}
ROWS: Mapping[str, type[Model]] = {"costs": Cost, "results": Result, "partners": Partner, "media": Medium}


@dataclass(frozen=True)
class Said:
    """What a version says in a field, line by line; `language` is empty where it is no words of somebody."""

    lines: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True)
class Change:
    """A field in which two versions differ; None where one of them says nothing."""

    label: str
    before: Said | None
    after: Said | None


@require_safe
def practice_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version that was published, with what changed."""
    found = visible(request, slug, Practice.objects.with_words())
    context = {"shown": Shown(found, network_languages()), "practice": found, "versions": found.versions.all()}
    return render(request, "practices/versions.html", context)


@require_safe
def practice_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version as it was published, and what differs from the one before it, or from another that is asked for."""
    found = visible(request, slug, Practice.objects.with_words())
    versions = list(found.versions.all())
    version = get_object_or_404(found.versions.all(), number=number)
    other = _other(versions, number, request.GET.get("from", ""))
    context = {
        "shown": Shown(found, network_languages()),
        "practice": found,
        "version": version,
        "others": [one for one in versions if one.number != number],
        "other": other,
        "changes": changes(other, version) if other else (),
        "whole": changes(PracticeVersion(document={}), version),
        "is_newest": number == versions[0].number,
    }
    return render(request, "practices/version.html", context)


def _other(versions: list[PracticeVersion], number: int, asked: str) -> PracticeVersion | None:
    """The version to compare with: the one asked for, else the one before."""
    wanted = int(asked) if asked.isascii() and asked.isdecimal() else 0
    earlier = next((one for one in versions if one.number < number), None)
    return next((one for one in versions if one.number == wanted != number), earlier)


def changes(one: PracticeVersion, other: PracticeVersion) -> tuple[Change, ...]:
    """The fields in which two versions differ, in words."""
    return tuple(
        Change(each.label, said(each.field, each.before), said(each.field, each.after)) for each in compare(one, other)
    )


def said(field: str, value: Any) -> Said | None:
    """A value of a document as it is read: codes by their names, rows as one line each."""
    if value in (None, "", []):
        return None
    if isinstance(value, dict):
        return Said(tuple(str(value.get("body", "")).splitlines()), str(value.get("language", "")))
    if field in ROWS:
        return Said(tuple(" · ".join(_cells(ROWS[field], row)) for row in value))
    codes = value if isinstance(value, list) else [value]
    return Said((", ".join(_code(field, str(code)) for code in codes),))


def _code(field: str, code: str) -> str:
    """What a code of the vocabulary or of a short list is called."""
    if field == "concepts":
        return next((one.label for one in themes([code])), code)
    if field in LISTS:
        return str(dict(LISTS[field].choices).get(code, code))
    return _named(Practice, field, code)


def _cells(model: type[Model], row: Mapping[str, Any]) -> list[str]:
    return [_named(model, name, value) for name, value in row.items() if value not in (None, "")]


def _named(model: type[Model], name: str, value: Any) -> str:
    """The name of a choice; other values are their own."""
    try:
        choices = dict(getattr(model._meta.get_field(name), "flatchoices", ()))
    except FieldDoesNotExist:
        choices = {}
    return str(choices.get(value, value))
