"""Where translators work, readers say what is wrong, and everybody sees what to expect of each language."""

from django.urls import path

from intercity.languages.views import complaining, exchanging, languages, machines, searching, terms, translating

urlpatterns = [
    path("languages/", languages.languages, name="languages"),
    path("search/", searching.search, name="search"),
    path("glossary/", terms.glossary, name="glossary"),
    path("glossary/add/", terms.add_term, name="add_term"),
    path("glossary/<int:term>/", terms.edit_term, name="edit_term"),
    path("glossary/<int:term>/remove/", terms.remove_term, name="remove_term"),
    path("translations/", translating.translations, name="translations"),
    path("translations/engines/", machines.engines, name="engines"),
    path("translations/<int:translation>/wrong/", complaining.complain, name="complain"),
    path("translations/<slug:code>/", translating.review_queue, name="review_queue"),
    path("translations/<slug:code>/exchange/", exchanging.exchange, name="exchange"),
    path("translations/<slug:code>/<int:text>/", translating.review, name="review"),
    path("translations/<slug:code>/<int:text>/undo/", translating.undo_review, name="undo_review"),
]
