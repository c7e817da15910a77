"""Cooperation that is followed through: needs, offers, introductions, agreements, commitments, what came of it."""
