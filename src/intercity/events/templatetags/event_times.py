"""Days and hours of events in a template."""

from __future__ import annotations

from datetime import datetime

from django import template

from intercity.events import times
from intercity.events.models import Event

register = template.Library()


@register.filter
def days(event: Event) -> str:
    """On which day or days it is."""
    return times.days_in_words(event.starts_on, event.ends_on)


@register.filter
def hours(event: Event) -> str:
    """From when to when, by the clocks of its place; empty where it is not known."""
    return times.hours_in_words(event.starts_at, event.ends_at, event.timezone) if event.starts_at else ""


@register.filter
def offset(event: Event) -> str:
    """How far the clocks of its place are from UTC when it begins."""
    return times.offset(event.starts_at, event.timezone) if event.starts_at else ""


@register.filter
def clock(moment: datetime, zone: str) -> str:
    """The hour of a moment by the clocks of a place."""
    return times.clock(moment, zone)
