"""Letters about practices are letters like all others: their rows move to where those are kept."""

from __future__ import annotations

from typing import Any

from django.db import migrations

AT_ONCE = 1000


def move(apps: Any, _schema: Any) -> None:
    """Each row with its key, so that nothing that was sent is sent again."""
    ours, theirs = apps.get_model("practices", "Letter"), apps.get_model("letters", "Letter")
    rows = ours.objects.select_related("practice", "question", "adoption").order_by("pk").iterator(AT_ONCE)
    kept = ("key", "to", "tries", "error", "claimed_until", "made_at", "sent_at")
    moved = []
    for row in rows:
        about = [("practice", row.practice_id), ("question", row.question_id), ("adoption", row.adoption_id)]
        moved.append(
            theirs(
                kind=f"practice-{row.kind.replace('_', '-')}",
                about=[f"{name}:{key}" for name, key in about if key],
                city_id=_city_of(row),
                **{name: getattr(row, name) for name in kept},
            )
        )
    theirs.objects.bulk_create(moved, batch_size=AT_ONCE, ignore_conflicts=True)


def _city_of(row: Any) -> int | None:
    """Of which city the mailbox is; that of the giver of an adoption is not known any more, and left empty."""
    city: int | None = row.practice.city_id
    if row.to == "secretariat" or not row.to:
        city = None
    elif row.adoption_id:
        city = row.adoption.to_city_id if row.to == "taker" else None
    elif row.kind in {"answered", "declined"}:
        city = row.question.from_city_id
    return city


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0002_bounces"),
        ("practices", "0006_further_places"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="Letter"),
    ]
