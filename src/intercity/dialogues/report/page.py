"""A report as one page that stands by itself: no script, no font, nothing to be fetched."""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from intercity.dialogues.report.content import Report
from intercity.dialogues.report.opinion_map import draw


def write_page(report: Report, path: Path) -> None:
    """Write the page."""
    path.write_text(render_page(report), encoding="utf-8")


def render_page(report: Report) -> str:
    """The page as HTML."""
    names = [group.name for group in report.groups]
    language = translation.get_language() or "en"
    context = {
        "report": report,
        "drawing": draw(report.gatherings, names),
        "language": language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }
    return render_to_string("dialogues/report.html", context)
