from typing import Any

from django.db import migrations, models

from intercity.languages import vectors, word_index


def create(_apps: Any, editor: Any) -> None:
    """What Django's tables have no words for: the index of words, and that of meaning where PostgreSQL has one."""
    word_index.create(editor.connection)
    vectors.create(editor.connection)


def drop(_apps: Any, editor: Any) -> None:
    """Take both away."""
    vectors.drop(editor.connection)
    word_index.drop(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("languages", "0002_translating_and_finding")]

    operations = [
        migrations.AddField("passage", "plain", models.TextField(blank=True, default="")),
        migrations.CreateModel(
            name="WordCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=20)),
                ("word", models.CharField(max_length=100)),
                ("passages", models.BigIntegerField()),
                ("times", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "count of a word",
                "constraints": [models.UniqueConstraint(fields=("word", "language"), name="one_count_of_each_word")],
            },
        ),
        migrations.RunPython(create, drop),
    ]
