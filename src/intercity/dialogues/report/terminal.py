"""A report in a terminal: no colours, no more than a hundred columns, any script."""

from __future__ import annotations

from collections.abc import Iterator

import wcwidth
from django.utils.translation import gettext as _

from intercity.dialogues.report.content import Report
from intercity.dialogues.report.sections import Bar, Line, Section

NARROWEST, WIDEST = 40, 100
SHOWN = 10
BAR = 20


def print_report(report: Report, *, width: int = 80) -> str:
    """The report as lines of text, at most `width` columns (40 to 100) wide."""
    width = min(max(width, NARROWEST), WIDEST)
    return "\n".join(_report(report, width)) + "\n"


def _report(report: Report, width: int) -> Iterator[str]:
    yield from _heading(report.title, width, "=")
    if report.simulated:
        yield from _wrapped(_("SIMULATED: these votes were made up by a program. Nobody said this."), width)
        yield ""
    yield from _wrapped(report.summary, width)
    for warning in report.warnings:
        yield from _wrapped("! " + warning, width, hang=2)
    for section in report.sections:
        yield ""
        yield from _section(section, width, "-")
    yield ""
    for name, value in report.origin:
        yield from _wrapped(f"{name}: {value}", width, hang=2)
    if report.attribution:
        yield from _wrapped(report.attribution, width)


def _section(section: Section, width: int, rule: str) -> Iterator[str]:
    yield from _heading(section.title, width, rule)
    yield from _wrapped(section.lead, width)
    if not section.lines and section.nothing:
        yield from _wrapped(section.nothing, width)
    for number, line in enumerate(section.lines[:SHOWN], start=1):
        yield from _line(line, number, width)
    if len(section.lines) > SHOWN:
        more = _("… and %(count)d more: the page that --report writes, and --json, have them all.")
        yield from _wrapped(more % {"count": len(section.lines) - SHOWN}, width)
    for paragraph in section.paragraphs:
        yield from _wrapped("* " + paragraph, width, hang=2)
    for part in section.parts:
        yield ""
        yield from _section(part, width, "")


def _line(line: Line, number: int, width: int) -> Iterator[str]:
    hang = 4
    yield from _wrapped(f"{number:>2}. {line.text}", width, hang=hang)
    yield from _wrapped(line.said, width, indent=hang)
    widest = max((wcwidth.wcswidth(bar.label) for bar in line.bars), default=0)
    for bar in line.bars:
        yield _bar(bar, widest, hang)


def _bar(bar: Bar, widest: int, indent: int) -> str:
    filled = round(bar.share * BAR)
    label = wcwidth.ljust(bar.label, widest)
    return f"{' ' * indent}{label} {'█' * filled}{'·' * (BAR - filled)} {bar.said}"


def _heading(text: str, width: int, rule: str) -> Iterator[str]:
    lines = list(_wrapped(text, width))
    yield from lines
    if rule:
        yield rule * max(wcwidth.wcswidth(line) for line in lines)


def _wrapped(text: str, width: int, *, indent: int = 0, hang: int = 0) -> Iterator[str]:
    """Text broken into lines; people's own line breaks and control signs become spaces."""
    clean = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    leading = text[: len(text) - len(text.lstrip(" "))]
    yield from wcwidth.wrap(
        leading + clean, width, initial_indent=" " * indent, subsequent_indent=" " * (indent or hang)
    ) or [""]
