"""A practice as plain JSON, whole: what is kept of each version, and what differs between two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext as _

from intercity.practices.models.practices import Practice, PracticeField, PracticeVersion

FACTS: Final = (
    "place", "country", "geonames_id", "scale", "implementer", "started", "ended", "status", "status_confirmed_on",
    "status_confirmed_by", "staff", "decided_by", "funding", "concepts", "targets", "cofog", "focus_area", "groups",
    "unknown", "provenance", "source", "retrieved_on", "licence", "contact_role", "contact_mailbox",
)  # fmt: skip
"""What is said of a practice outside its words, claims, partners and media; the city stands beside them."""

OF_COSTS: Final = (
    "kind", "amount", "currency", "year", "basis", "confidence", "claimed_by", "source", "claimed_on",
)  # fmt: skip
OF_RESULTS: Final = (
    "indicator", "unit", "baseline", "value", "measured_on", "method", "claimed_by", "source", "claimed_on",
)  # fmt: skip
OF_PARTNERS: Final = ("name", "role")
OF_PLACES: Final = ("place", "country")
OF_MEDIA: Final = ("address", "shows", "licence", "kilobytes")
LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "costs": OF_COSTS, "results": OF_RESULTS, "partners": OF_PARTNERS, "media": OF_MEDIA,
    "further_places": OF_PLACES,
}  # fmt: skip
"""The rows that belong to a practice, and what is kept of each."""


OF_OTHERS: Final = frozenset({"evidence", "verification"})
"""What is kept with a version and is not said by those who write it: it alone makes no version."""


@dataclass(frozen=True)
class Difference:
    """What one version says in a field and another otherwise. `before` and `after` are as in the document.

    `field` is a key of the document, "words.title" for words; `label` is what people call it.
    """

    field: str
    label: str
    before: Any
    after: Any


def document_of(practice: Practice) -> dict[str, Any]:
    """A practice whole: its words with their language, facts, claims, partners, media, evidence and verification."""
    return {
        "slug": practice.slug,
        "city": practice.city.slug if practice.city else "",
        **{name: plain_value(getattr(practice, name)) for name in FACTS},
        "words": {
            one.field: {"language": one.text.language, "body": one.text.body}
            for one in sorted(practice.words.select_related("text"), key=lambda one: one.field)
        },
        **{name: rows(getattr(practice, name), fields) for name, fields in LISTS.items()},
        "evidence": practice.evidence,
        "verification": practice.verification,
    }


def rows(found: models.Manager[Any], fields: tuple[str, ...]) -> list[dict[str, Any]]:
    """Rows as plain JSON, in the order in which they were written."""
    return [{name: plain_value(getattr(one, name)) for name in fields} for one in found.order_by("pk")]


def says_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two documents say the same of the practice, whatever others say of it by now.

    A list that an older document does not know is as good as an empty one.
    """
    names = {*one, *other} - OF_OTHERS
    return all((one.get(name) or None) == (other.get(name) or None) for name in names)


def plain_value(value: Any) -> Any:
    """A value as JSON holds it: dates as ISO 8601 writes them, decimals as text, so that nothing is rounded.

    3 and 3.0 are one number, before it was kept and after.
    """
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if value is None or isinstance(value, str | int | list | dict):
        return value
    return DjangoJSONEncoder().default(value)


def compare(one: PracticeVersion, other: PracticeVersion) -> list[Difference]:
    """The fields in which two versions differ, in the order of the record, each with what both say."""
    before, after = _flat(one.document), _flat(other.document)
    names = [*before, *(name for name in after if name not in before)]
    order = {name: place for place, name in enumerate(_order())}
    return [
        Difference(name, label_of(name), before.get(name), after.get(name))
        for name in sorted(names, key=lambda name: order.get(name, len(order)))
        if before.get(name) != after.get(name)
    ]


def label_of(field: str) -> str:
    """What people call a field of a document, in the reader's language."""
    kind, _dot, name = field.rpartition(".")
    if kind == "words":
        return str(PracticeField(name).label) if name in PracticeField.values else name
    labels = {
        "slug": _("address"),
        "costs": _("costs"),
        "results": _("results"),
        "partners": _("partners"),
        "media": _("pictures and documents"),
        "further_places": _("further places"),
        "city": _("city"),
    }
    return labels.get(name) or verbose_name(Practice, name)


def verbose_name(model: type[models.Model], name: str) -> str:
    """What people call a column, in the reader's language; its own name where it is none."""
    known = {field.name: field for field in model._meta.get_fields()}
    return str(getattr(known.get(name), "verbose_name", name))


def _order() -> Iterator[str]:
    yield from ("slug", "city")
    yield from (f"words.{name}" for name in PracticeField.values)
    yield from (*FACTS, *LISTS, "evidence", "verification")


def _flat(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document with its words as fields of their own; what is empty counts as not there."""
    words = {f"words.{name}": value for name, value in document.get("words", {}).items()}
    found = {**{name: value for name, value in document.items() if name != "words"}, **words}
    return {name: value for name, value in found.items() if value not in (None, "", [])}
