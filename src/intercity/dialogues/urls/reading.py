"""What everybody reads: dialogues, results, reports, data."""

from django.urls import URLPattern, path

from intercity.dialogues.views import data, reading, results

urlpatterns: list[URLPattern] = [
    path("help/", reading.help_page, name="help"),
    path("about-the-data/", data.about_data, name="about_data"),
    path("dialogues/", reading.dialogues, name="dialogues"),
    path("dialogues/<slug:slug>/", reading.dialogue_page, name="dialogue"),
    path("dialogues/<slug:slug>/statements/<int:number>/", reading.statement, name="statement"),
    path("dialogues/<slug:slug>/poster/", reading.poster, name="poster"),
    path("dialogues/<slug:slug>/results/", results.results, name="results"),
    path("dialogues/<slug:slug>/reports/<int:round_number>-<int:number>/", results.report, name="report"),
    path("dialogues/<slug:slug>/data/", data.data, name="data"),
    path("dialogues/<slug:slug>/data/<int:round_number>-<int:number>.zip", data.download_data, name="download_data"),
    path(
        "dialogues/<slug:slug>/data/<int:round_number>-<int:number>.json", data.download_result, name="download_result"
    ),
]
