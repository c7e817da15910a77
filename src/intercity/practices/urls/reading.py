"""What everybody reads of practices and challenges."""

from django.urls import URLPattern, path

from intercity.practices.views import browsing, comparing, following, printing, reading, saving, searching, versions

urlpatterns: list[URLPattern] = [
    path("practices/", searching.practices, name="practices"),
    path("practices/search.csv", following.practices_csv, name="practices_csv"),
    path("practices/feed.atom", following.PracticesFeed(), name="practices_feed"),
    path("practices/reading-list/", saving.reading_list, name="reading_list"),
    path("practices/reading-list/file/", saving.reading_list_file, name="reading_list_file"),
    path("practices/compare/", comparing.compare_practices, name="compare_practices"),
    path("practices/failed/", browsing.failed_practices, name="failed_practices"),
    path("practices/<slug:slug>/", reading.practice, name="practice"),
    path("practices/<slug:slug>/print/", printing.practice_print, name="practice_print"),
    path("practices/<slug:slug>/versions/", versions.practice_versions, name="practice_versions"),
    path("practices/<slug:slug>/versions/<int:number>/", versions.practice_version, name="practice_version"),
    path("challenges/", browsing.challenges, name="challenges"),
    path("challenges/<slug:slug>/", browsing.challenge, name="challenge"),
    path("vocabulary/", browsing.vocabulary_tree, name="vocabulary"),
]
