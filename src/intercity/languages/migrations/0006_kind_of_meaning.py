"""Beside each vector the kind of its thing, so that those of one kind are compared without reading the others."""

from typing import Any

from django.db import migrations

from intercity.languages import vectors


def add(_apps: Any, editor: Any) -> None:
    """Only where pgvector keeps them, in a table that an earlier version made."""
    vectors.add_kind(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("languages", "0005_read_beside")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
