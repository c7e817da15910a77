"""How allauth signs people in here."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody registers by themselves: the secretariat or a city adds people, so that every role has a giver."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No."""
        return False
