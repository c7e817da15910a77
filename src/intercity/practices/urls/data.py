"""Practices as files for programs and for other networks."""

from django.urls import URLPattern, path

from intercity.practices.views import data, importing

urlpatterns: list[URLPattern] = [
    path("desk/practices/import/", importing.import_practices, name="import_practices"),
    path("practices/data/practices.zip", data.practices_package, name="practices_package"),
    path("practices/data/datapackage.json", data.practices_schema, name="practices_schema"),
    path("practices/data/template.xlsx", data.practices_template, name="practices_template"),
    path("practices/<slug:slug>/practice.jsonld", data.practice_jsonld, name="practice_jsonld"),
    path("vocabulary/urban-challenges.ttl", data.vocabulary_skos, {"form": "ttl"}, name="vocabulary_skos"),
    path("vocabulary/urban-challenges.jsonld", data.vocabulary_skos, {"form": "jsonld"}, name="vocabulary_jsonld"),
    path("vocabulary/<slug:concept>", data.vocabulary_concept, name="vocabulary_concept"),
]
