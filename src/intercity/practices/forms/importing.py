"""A file that is brought in, and what was read of it while a person looks at it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from intercity.accounts.models import Person
from intercity.practices.actions import bringing
from intercity.practices.imports import MOST_BYTES, Book, book_of
from intercity.refusals import RefusedError

SALT: Final = "intercity.practices.import"
HOURS: Final = 24


class FileForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("The filled-in template (.xlsx), tables as .csv or packed as .zip; up to 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.zip,.json"}),
    )

    def clean(self) -> dict[str, Any]:
        """What was read of it is in `book`."""
        given = super().clean() or {}
        file = given.get("file")
        if file is not None:
            try:
                # One byte more than is allowed says that it is too long, whatever else there is.
                given["book"] = bringing.read(file.read(MOST_BYTES + 1), file.name or "")
            except RefusedError as error:
                self.add_error("file", str(error))
        return given


def packed(book: Book, person: Person) -> str:
    """What was read, signed for this person: it waits in the page, and nothing of it is stored here."""
    return signing.dumps([person.pk, book.document()], salt=SALT, compress=True)


class ConfirmForm(forms.Form):
    """What was looked at, and is to be kept now."""

    book = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        """Only what the same person looked at counts."""
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_book(self) -> Book:
        """What was read; refused where somebody changed it, or after a day."""
        try:
            who, document = signing.loads(self.cleaned_data["book"], salt=SALT, max_age=HOURS * 3600)
        except signing.BadSignature:
            who, document = None, {}
        if who != self.person.pk:
            raise ValidationError(_("This was looked at too long ago, or by somebody else. Send the file again."))
        return book_of(document)
