"""How sure a result is, and what was repaired or could not be read."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intercity.dialogues.report.sections import Section
from intercity.dialogues.report.words import number, percent
from intercity.dialogues.results import Document


def section(document: Document) -> Section:
    """The last section of every report."""
    found = [*_completeness(document), *_suspicions(document), *_input(document["input"])]
    return Section(
        anchor="certainty",
        title=_("How sure is this?"),
        lead=_("These are the people who took part; they need not be like those who did not."),
        paragraphs=tuple(found),
    )


def _completeness(document: Document) -> Iterator[str]:
    certainty = document.get("certainty")
    if certainty is None:
        return
    if certainty["done"]:
        yield _("The picture is settled: further votes would hardly change it.")
    elif certainty["plateau"]:
        yield _("The map is settled: the last votes hardly made hidden votes more predictable.")
    else:
        yield _("The picture is still being drawn: more votes would change it.")
    prediction = certainty["prediction"][-1]
    if prediction is not None:
        yield _(
            "From the other votes, the map tells a hidden agreement from a hidden disagreement in %(share)s of pairs "
            "(50%% would be guessing)."
        ) % {"share": percent(prediction)}
    needing = sum(statement["votes_needed"] > 0 for statement in document["statements"])
    if needing:
        text = ngettext(
            "%(count)s statement needs more votes until its share is known to within ten points.",
            "%(count)s statements need more votes until their shares are known to within ten points.",
            needing,
        )
        yield text % {"count": number(needing)}


def _suspicions(document: Document) -> Iterator[str]:
    certainty = document.get("certainty")
    if certainty is None:
        return
    clusters, without = certainty["suspicious_clusters"], certainty["without_them"]
    if clusters is None:
        yield _("It is not known when votes were cast, so votes cast together by many could not be looked for.")
        return
    if not clusters:
        yield _("No people were found who voted the same way at the same moment.")
        return
    yield ngettext(
        "%(people)s people voted the same way at the same moment, in %(count)s cluster.",
        "%(people)s people voted the same way at the same moment, in %(count)s clusters.",
        len(clusters),
    ) % {"people": number(sum(clusters)), "count": number(len(clusters))}
    yield _("Without them, %(lost)s statements would leave the common ground and %(gained)s would join it.") % {
        "lost": number(len(without["lost"])),
        "gained": number(len(without["gained"])),
    }


def _input(about: Document) -> Iterator[str]:
    yield from about["notes"]
    if about["unreadable_rows"]:
        yield ngettext(
            "%(count)s row of the files could not be read; it is not counted.",
            "%(count)s rows of the files could not be read; they are not counted.",
            about["unreadable_rows"],
        ) % {"count": number(about["unreadable_rows"])}
