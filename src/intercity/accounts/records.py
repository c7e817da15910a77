"""The secretariat's records: Django's own administration pages, to look things up and for nothing else.

A subject has one file for it, `<subject>/admin.py`, that is found by itself:

    from intercity.accounts.records import ReadOnly, site

    site.register([Need, Offer])                       # as they are
    @admin.register(Event, site=site)                  # or with columns, filters and a public page of one's own
    class Events(ReadOnly):
        list_display = ("slug", "city", "begins_on")
        public = Page("event", "slug")
    site.leave_out(Guest, because="…")                 # or not at all, with the reason

Only actions write what people said, so nothing here adds, changes or deletes: all but GET and HEAD is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.contrib.admin import AdminSite, AllValuesFieldListFilter, ModelAdmin
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.defaultfilters import linebreaksbr
from django.urls import URLPattern, URLResolver, path, re_path, reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.module_loading import module_has_submodule
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from intercity.accounts.models import Role
from intercity.accounts.rights import may_read_records, not_allowed
from intercity.audit.models import Entry
from intercity.audit.record import name_of

if TYPE_CHECKING:
    AnyModelAdmin = ModelAdmin[Any]
else:
    AnyModelAdmin = ModelAdmin

SECRET = re.compile(r"(^|_)(password|secret|token|code|hash|key|keys)(_|$)|^(last_login|is_staff|is_superuser)$")
"""Names of columns that are not shown: what signs somebody in, when they did, and marks that mean nothing here."""
ASKED = {"exact", "in", "isnull", "gt", "gte", "lt", "lte", "id", "pk", "contains", "icontains", "date", "year"}
"""What an address may ask of a column; nothing leads from it to the columns of another table."""
KEPT = "intercity.may_read_records"
"""Where a request keeps what the right's check said; no header of a browser can have such a name."""
COLUMNS, LONG = 6, (models.TextField, models.JSONField, models.BinaryField)


@dataclass(frozen=True)
class Page:
    """The public page of a record: the name of its address, and dotted ways from the record to what stands in it."""

    name: str
    ways: tuple[str, ...]

    def __init__(self, name: str, *ways: str) -> None:
        """`Page("statement", "dialogue.slug", "number")` is the page of a statement."""
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "ways", ways)

    def address(self, record: models.Model) -> str | None:
        """Where everybody reads of the record; None where it has no page, such as a cost without a practice."""
        found = [_follow(record, way) for way in self.ways]
        return None if None in found else reverse(self.name, args=found)


def _follow(record: models.Model, way: str) -> Any:
    value: Any = record
    for name in way.split("."):
        value = None if value is None else getattr(value, name)
    return value


class Values(AllValuesFieldListFilter):
    """A filter by every value that occurs; that there is none has a name, too, or its link could not be heard."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        """As Django has them."""
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or self.empty_value_display}


class ReadOnly(AnyModelAdmin):
    """How records of one table are looked up. Columns whose names sound secret are left out unless it says otherwise.

    `also_shown` names columns that only sound secret; `kept_back` names more to leave out. What leads to a table that
    is not among the records is never shown, so that a statement does not lead to the resident who wrote it.
    """

    public: ClassVar[Page | None] = None
    also_shown: ClassVar[Sequence[str]] = ()
    kept_back: ClassVar[Sequence[str]] = ()
    actions = None
    list_per_page = 50
    show_full_result_count = False
    change_form_template = "accounts/record.html"
    media = Media()
    """None of Django's scripts for forms: nothing here can be filled in."""

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """The secretariat's right."""
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The same for a whole subject."""
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only actions write."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Only actions write."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Only actions write."""
        return False

    def shown(self) -> list[models.Field[Any, Any]]:
        """The columns that may be seen, searched, filtered and sorted by."""
        return [field for field in (*self.opts.concrete_fields, *self.opts.many_to_many) if not self._hides(field)]

    def _hides(self, field: models.Field[Any, Any]) -> bool:
        related = field.related_model
        elsewhere = related is not None and not self.admin_site.is_registered(related)
        secret = bool(SECRET.search(field.name)) and field.name not in self.also_shown
        return elsewhere or secret or field.name in self.kept_back or isinstance(field, models.BinaryField)

    def _named(self, field: models.Field[Any, Any]) -> str:
        """A column, or for words whose language is known, the words marked with it."""
        names = {one.name for one in self.opts.concrete_fields}
        return "body_in_its_language" if field.name == "body" and "language" in names else field.name

    def body_in_its_language(self, record: Any) -> str:
        """Words as a browser has to know them, to speak and to draw them."""
        return format_html('<span lang="{}" dir="auto">{}</span>', record.language, linebreaksbr(record.body))

    body_in_its_language.short_description = gettext_lazy("words")  # type: ignore[attr-defined]  # Django's own way

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[Any]:
        """What may be seen, in the order of the table."""
        return [self._named(field) for field in self.shown()]

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        """All of it."""
        return self.get_fields(request, obj)

    def get_list_display(self, request: HttpRequest) -> Sequence[str]:  # type: ignore[override]  # fewer kinds
        """The columns that the subject chose, else the record's name and its first short columns."""
        if tuple(self.list_display) != ("__str__",):
            return [str(name) for name in self.list_display]
        short = [field for field in self.shown() if not isinstance(field, LONG) and not field.many_to_many]
        return ["__str__", *(field.name for field in short if not field.primary_key)][: COLUMNS + 1]

    def get_list_filter(self, request: HttpRequest) -> Any:
        """The filters that the subject chose, else yes or no, and what is one of a few."""
        few = [field.name for field in self.shown() if field.choices or isinstance(field, models.BooleanField)]
        return [(name, Values) if self._is_free_text(name) else name for name in self.list_filter or few]

    def _is_free_text(self, name: Any) -> bool:
        field = self.opts.get_field(name)
        return isinstance(field, models.CharField) and not field.choices

    def get_search_fields(self, request: HttpRequest) -> Any:
        """What the subject chose, else every column of words that may be seen."""
        kinds = (models.CharField, models.TextField)
        return self.search_fields or [
            field.name for field in self.shown() if isinstance(field, kinds) and not field.choices
        ]

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        """Everything whose name stands in the list, in one question to the database."""
        related = {field.name for field in self.shown() if field.many_to_one or field.one_to_one}
        more = self.list_select_related if isinstance(self.list_select_related, list | tuple) else ()
        return [*(name for name in self.get_list_display(request) if name in related), *more]

    def get_ordering(self, request: HttpRequest) -> Any:
        """The newest first, where the table has no order of its own."""
        return self.ordering or self.opts.ordering or ("-pk",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Without what is not shown: it does not leave the database, were it only for its size."""
        hidden = [field.name for field in self.opts.concrete_fields if self._hides(field)]
        return super().get_queryset(request).defer(*hidden)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what is shown may be asked for: else `?password__startswith=a` would tell a secret letter by letter."""
        name, *asked = lookup.split("__")
        return (name == "pk" or name in {field.name for field in self.shown()}) and set(asked) <= ASKED

    def get_urls(self) -> list[URLPattern]:
        """A list and a page of each record; there are no others."""
        name, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name=f"{name}_changelist"),
            path("<path:object_id>/", view(self.change_view), name=f"{name}_change"),
        ]

    def view_on_site(self, obj: models.Model) -> str | None:
        """The page that everybody sees."""
        return None if self.public is None else self.public.address(obj)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """With ways to what leads here, and to what the audit record says of it."""
        record = kwargs.get("obj") or context["original"]
        audited = {"subject": name_of(record)}
        context["entries"] = Entry.objects.filter(**audited).count()
        context["entries_address"] = _list_address(Entry, audited)
        context["leading_here"] = list(self._leading_to(record))
        return super().render_change_form(request, context, *args, **kwargs)

    def _leading_to(self, record: models.Model) -> Iterable[tuple[str, int, str]]:
        """Records of other tables that name this one: what they are, how many, and where they are listed."""
        for relation in self.opts.get_fields(include_hidden=True):
            admin = self.admin_site._registry.get(relation.related_model) if relation.auto_created else None  # type: ignore[arg-type]  # None is no key
            if not isinstance(admin, ReadOnly) or relation.concrete or relation.remote_field not in admin.shown():
                continue
            asked = {f"{relation.remote_field.name}__{relation.remote_field.target_field.name}__exact": record.pk}
            if number := admin.model._default_manager.filter(**asked).count():
                field, kind = relation.remote_field.verbose_name, admin.opts.verbose_name_plural
                yield f"{kind} ({field})", number, _list_address(admin.model, asked)


def _list_address(model: type[models.Model], asked: dict[str, Any]) -> str:
    address = f"{site.name}:{model._meta.app_label}_{model._meta.model_name}_changelist"
    return reverse(address, query=asked)


class Records(AdminSite):
    """The site of the records: for the secretariat, by its role; whoever runs the machine has no other key to it."""

    site_header = site_title = index_title = gettext_lazy("Records")
    index_template = "accounts/records.html"
    final_catch_all_view = False
    enable_nav_sidebar = True

    def __init__(self) -> None:
        """Empty, until subjects register their tables."""
        super().__init__(name="records")
        self.left_out: dict[type[models.Model], str] = {}

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Add tables; to anything that could write, this is closed."""
        admin_class = admin_class or ReadOnly
        if not issubclass(admin_class, ReadOnly):
            raise ImproperlyConfigured(f"{admin_class.__name__} is no ReadOnly: records are looked up, not written.")
        super().register(model_or_iterable, admin_class, **options)
        for model in [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable:
            _name_in_the_readers_language(model)

    def leave_out(self, *left: type[models.Model], because: str) -> None:
        """Say of tables that they are not to be looked up, and why; nothing that leads to them is shown either."""
        self.left_out.update(dict.fromkeys(left, because))

    def discover(self) -> None:
        """Find the file `admin.py` of every subject of ours; those of other packages could write."""
        for app in apps.get_app_configs():
            if app.name.startswith("intercity.") and module_has_submodule(app.module, "admin"):
                import_module(f"{app.name}.admin")

    def has_permission(self, request: HttpRequest) -> bool:
        """The secretariat's right; asked once for a page, which names every table."""
        if KEPT not in request.META:
            request.META[KEPT] = may_read_records(request.user)
        return bool(request.META[KEPT])

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A page that only the secretariat sees, and that takes nothing; others see the page of refusals."""

        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.has_permission(request):
                raise not_allowed(Role.SECRETARIAT)
            answer: HttpResponseBase = require_safe(view)(request, *args, **kwargs)
            return answer

        return never_cache(page)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """The subjects and their tables; signing in and out, passwords and shortcuts are elsewhere or nowhere."""
        found: list[URLResolver | URLPattern] = [
            path("", self.admin_view(self.index), name="index"),
        ]
        labels = set()
        for model, admin in self._registry.items():
            labels.add(model._meta.app_label)
            address = f"{model._meta.app_label}/{model._meta.model_name}/"
            found += [path(address + str(one.pattern), one.callback, name=one.name) for one in admin.get_urls()]
        named = "|".join(sorted(labels)) or "$^"
        return [*found, re_path(rf"^(?P<app_label>{named})/$", self.admin_view(self.app_index), name="app_list")]


def _name_in_the_readers_language(model: type[models.Model]) -> None:
    """Let Django's pages name a table and its subject in words that a reader knows.

    Django makes a plural by adding "s", in Thai, too, and names a subject by its folder.
    """
    options, name = model._meta, model._meta.verbose_name
    if "verbose_name_plural" not in options.original_attrs:
        options.verbose_name_plural = _plural(name)
    subject = options.app_config
    if isinstance(subject.verbose_name, str):
        english = subject.verbose_name
        subject.verbose_name = lazy(lambda: gettext(english), str)()


def _in_the_plural(name: Any) -> str:
    single = " " not in str(name) and (get_language() or "en").startswith("en")
    return f"{name}s" if single else str(name)


_plural = lazy(_in_the_plural, str)

site = Records()
"""The one site on which subjects register their tables."""
