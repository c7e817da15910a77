"""What is there already can be found, too: the tables of languages count it as changed."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

KINDS = (("dialogue", "Dialogue"), ("statement", "Statement"), ("answer", "Answer"))


def want_everything(apps: Any, _editor: Any) -> None:
    """Let duties find what was written before there was a search."""
    findable = apps.get_model("languages", "Findable")
    for kind, name in KINDS:
        keys = apps.get_model("dialogues", name).objects.values_list("pk", flat=True)
        rows = (findable(kind=kind, key=str(key)) for key in keys.iterator())
        findable.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


def forget_nothing(_apps: Any, _editor: Any) -> None:
    """On the way back the rows stay; nobody reads them."""


class Migration(migrations.Migration):
    dependencies = [("dialogues", "0001_initial"), ("languages", "0002_translating_and_finding")]

    operations = [
        migrations.CreateModel(
            name="Comparison",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by", models.CharField(max_length=80)),
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comparison",
                        to="dialogues.statement",
                    ),
                ),
            ],
            options={"verbose_name": "comparison of a statement"},
        ),
        migrations.CreateModel(
            name="Likeness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "how",
                    models.CharField(
                        choices=[("letters", "similar words"), ("meaning", "similar in meaning")], max_length=10
                    ),
                ),
                ("likeness", models.FloatField()),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="dialogues.statement"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="likenesses",
                        to="dialogues.statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "likeness of statements",
                "ordering": ["statement", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("statement", "other"), name="one_likeness_of_two_statements"),
                    models.CheckConstraint(
                        condition=models.Q(("statement", models.F("other")), _negated=True), name="alike_to_another"
                    ),
                ],
            },
        ),
        migrations.RunPython(want_everything, forget_nothing),
    ]
