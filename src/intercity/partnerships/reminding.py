"""On which days somebody is reminded of a promise: counted in weeks, so that nobody hears twice in one."""

from __future__ import annotations

from datetime import date, timedelta

BEFORE = (30, 7)
"""Days before the due date."""
AFTER = 1
"""Days after it; from then on once a week."""
WEEK = 7


def monday_of(day: date) -> date:
    """The first day of the week (ISO 8601) of a day."""
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> str:
    """A week as it stands in the key of a letter: "2026-W07"."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def is_to_remind(due_on: date, *, written_on: date, reminded_on: date | None, today: date) -> bool:
    """Whether one of the days for a reminder has come, after it was written and in a later week than the last one."""
    day = _last_day(due_on, today)
    return day is not None and day > written_on and _is_of_a_later_week(day, reminded_on)


def is_to_remind_this_week(due_on: date, *, written_on: date, reminded_on: date | None, today: date) -> bool:
    """Whether the day of a reminder before the due date is to come this week: it goes with a letter of today."""
    sunday = monday_of(today) + timedelta(days=WEEK - 1)
    days = (due_on - timedelta(days=before) for before in BEFORE)
    return any(today < day <= sunday and day > written_on and _is_of_a_later_week(day, reminded_on) for day in days)


def _last_day(due_on: date, today: date) -> date | None:
    """The latest day for a reminder that is not after today."""
    late = (today - due_on).days
    if late >= AFTER:
        return due_on + timedelta(days=late - (late - AFTER) % WEEK)
    return max((day for before in BEFORE if (day := due_on - timedelta(days=before)) <= today), default=None)


def _is_of_a_later_week(day: date, reminded_on: date | None) -> bool:
    return reminded_on is None or monday_of(day) > monday_of(reminded_on)
