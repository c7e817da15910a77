"""People's words, translations and what is computed of them, among the secretariat's records."""

from __future__ import annotations

from django.contrib import admin

from intercity.accounts.records import Page, ReadOnly, site
from intercity.languages.models import (
    Beside,
    Complaint,
    Consent,
    Findable,
    FormerTranslation,
    GlossaryTerm,
    GlossaryWord,
    MachineAnswer,
    Passage,
    Text,
    Translation,
    TranslationTask,
    WordCount,
)

site.register([Beside, Consent, MachineAnswer, WordCount])


@admin.register(Text, site=site)
class Texts(ReadOnly):
    """What people wrote. What leads here says which record the words belong to."""

    list_display = ("__str__", "language", "language_said_by", "version", "written_at")
    list_filter = ("language", "language_said_by")
    search_fields = ("body",)


@admin.register(Translation, site=site)
class Translations(ReadOnly):
    """Translations, who made and who checked them."""

    list_display = ("__str__", "text", "language", "state", "engine", "made_by", "reviewed_by", "made_at")
    list_filter = ("state", "language", "engine")
    search_fields = ("body", "text__body")
    public = Page("review", "language", "text_id")


@admin.register(FormerTranslation, site=site)
class FormerTranslations(ReadOnly):
    """Translations as they were before a change."""

    list_display = ("__str__", "translation", "state", "made_by", "replaced_by", "replaced_at")
    list_filter = ("state",)
    search_fields = ("body",)


@admin.register(Complaint, site=site)
class Complaints(ReadOnly):
    """What readers found wrong; nobody is asked who they are."""

    list_display = ("__str__", "made_at", "resolved_at", "resolved_by")
    list_select_related = ("translation",)
    search_fields = ("note", "translation__body")


@admin.register(GlossaryTerm, site=site)
class GlossaryTerms(ReadOnly):
    """Terms on which the network agreed."""

    list_display = ("words", "language", "meaning")
    list_filter = ("language",)
    public = Page("edit_term", "pk")


@admin.register(GlossaryWord, site=site)
class GlossaryWords(ReadOnly):
    """How terms are said in other languages."""

    list_display = ("words", "language", "term")
    list_filter = ("language",)
    search_fields = ("words", "term__words")
    public = Page("edit_term", "term_id")


@admin.register(TranslationTask, site=site)
class TranslationTasks(ReadOnly):
    """What machines have yet to translate, and why they could not."""

    list_display = ("text", "language", "attempts", "due_at", "error")
    list_filter = ("language",)
    search_fields = ("text__body", "error")


@admin.register(Findable, site=site)
class Findables(ReadOnly):
    """What can be found by searching, and what could not be indexed. A key is the name of a record, no secret."""

    list_display = ("kind", "key", "address", "wanted", "indexed", "error")
    list_filter = ("kind",)
    also_shown = ("key",)


@admin.register(Passage, site=site)
class Passages(ReadOnly):
    """The sentences by which something is found."""

    list_display = ("__str__", "language", "is_translation", "findable", "vector_by")
    list_filter = ("language", "is_translation", "is_name")
    search_fields = ("body",)
