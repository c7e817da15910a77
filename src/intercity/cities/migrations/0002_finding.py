"""Cities that are there already can be found, too: the tables of languages count them as changed."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def want_cities(apps: Any, _editor: Any) -> None:
    """Let duties find what was added before there was a search."""
    findable = apps.get_model("languages", "Findable")
    keys = apps.get_model("cities", "City").objects.values_list("pk", flat=True)
    rows = (findable(kind="city", key=str(key)) for key in keys)
    findable.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


def forget_nothing(_apps: Any, _editor: Any) -> None:
    """On the way back the rows stay; nobody reads them."""


class Migration(migrations.Migration):
    dependencies = [("cities", "0001_initial"), ("languages", "0002_translating_and_finding")]

    operations = [migrations.RunPython(want_cities, forget_nothing)]
