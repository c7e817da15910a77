"""What translations were before they were changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _somebody() -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("languages", "0003_words_and_meaning"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerTranslation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text_version", models.PositiveIntegerField()),
                ("body", models.TextField(verbose_name="words")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("machine", "made by a machine"),
                            ("written", "written by a person, not yet checked by another"),
                            ("checked", "checked by a person"),
                            ("corrected", "corrected by a person"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("engine", models.CharField(blank=True, max_length=60, verbose_name="engine")),
                ("model", models.CharField(blank=True, max_length=120, verbose_name="model")),
                ("via", models.CharField(blank=True, max_length=20, verbose_name="translated by way of")),
                ("made_at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("replaced_at", models.DateTimeField()),
                ("made_by", _somebody()),
                ("replaced_by", _somebody()),
                ("reviewed_by", _somebody()),
                (
                    "translation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former",
                        to="languages.translation",
                    ),
                ),
            ],
            options={
                "verbose_name": "translation before a change",
                "ordering": ["pk"],
            },
        ),
    ]
