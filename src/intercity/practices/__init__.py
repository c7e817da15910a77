"""Challenges, practices, adoptions: what worked, for whom, and who copied it."""
