from typing import Any

from django.db import migrations, models

from intercity.practices.search import listing

ELSEWHERE = models.Q(("city", None))


def create(_apps: Any, editor: Any) -> None:
    """What Django's tables have no words for: what a practice is listed under, kept by triggers."""
    listing.create(editor.connection)


def drop(_apps: Any, editor: Any) -> None:
    """Take it away."""
    listing.drop(editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0003_forms_sent_twice"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="practice",
            index=models.Index(
                fields=["state", "-evidence", "-status_confirmed_on", "-id"], name="practices_by_evidence"
            ),
        ),
        migrations.AddIndex(
            model_name="practice",
            index=models.Index(fields=["state", "-published_at", "-id"], name="practices_by_date"),
        ),
        migrations.AddIndex(
            model_name="practice",
            index=models.Index(fields=["state", "status"], name="practices_by_status"),
        ),
        migrations.AddIndex(
            model_name="practice",
            index=models.Index(fields=["state", "city", "evidence"], name="practices_by_city"),
        ),
        migrations.AddIndex(
            model_name="practice",
            index=models.Index(condition=ELSEWHERE, fields=["state", "country"], name="practices_by_country"),
        ),
        migrations.AddIndex(
            model_name="practice",
            index=models.Index(condition=ELSEWHERE, fields=["state", "geonames_id"], name="practices_by_place"),
        ),
        migrations.RunPython(create, drop),
    ]
