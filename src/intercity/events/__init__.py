"""Summits, meetings, visits, festivals and deadlines: what is on, who takes part, and the calendar of it."""
