"""Lists of the API in pages: each page begins after the last row of the one before, whatever was added meanwhile."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.request import QueryDict
from django.utils.translation import gettext as _
from ninja import Field, Schema
from ninja.errors import ValidationError
from ninja.pagination import PaginationBase

MOST = 200


class Pages(PaginationBase):
    """Pages in the order of one unique field, with a signed cursor: nobody builds one, so none can be wrong inside."""

    items_attribute = "items"

    class Input(Schema):
        """What is asked for."""

        limit: int = Field(50, ge=1, le=MOST, description="How many items a page has at most, 1 to 200.")
        cursor: str = Field("", max_length=300, description="Where the page begins; from `next` of the page before.")

    class Output(Schema):
        """One page."""

        items: list[Any]
        next: str | None = Field(description="Address of the next page; null on the last one.")

    def __init__(self, *, key: str, newest_first: bool = False, **more: Any) -> None:
        """The unique field that gives the order."""
        super().__init__(**more)
        self.key, self.newest_first = key, newest_first

    def paginate_queryset(
        self, queryset: QuerySet[Model], pagination: Any, request: HttpRequest, **params: Any
    ) -> dict[str, Any]:
        """The rows after the cursor, and the address of those after them."""
        rows = queryset.order_by(f"-{self.key}" if self.newest_first else self.key)
        if pagination.cursor:
            after = "lt" if self.newest_first else "gt"
            rows = rows.filter(**{f"{self.key}__{after}": self._read(pagination.cursor)})
        found = list(rows[: pagination.limit + 1])
        shown = found[: pagination.limit]
        more = self._address(request, shown[-1]) if len(found) > len(shown) else None
        return {"items": shown, "next": more}

    @property
    def _signer(self) -> signing.Signer:
        return signing.Signer(salt=f"intercity.paging.{self.key}")

    def _read(self, cursor: str) -> Any:
        try:
            return self._signer.unsign_object(cursor)
        except signing.BadSignature as error:
            sentence = _("The cursor is not one of this list. Take it from “next” of a page, or leave it out.")
            raise ValidationError([{"loc": ("query", "cursor"), "msg": sentence}]) from error

    def _address(self, request: HttpRequest, last: Model) -> str:
        value: Any = last
        for name in self.key.split("__"):
            value = getattr(value, name)
        query: QueryDict = request.GET.copy()
        query["cursor"] = self._signer.sign_object(value)
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
