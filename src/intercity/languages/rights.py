"""Who may translate, check and correct, and who decides for the network."""

from __future__ import annotations

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import Visitor, has_any_role, has_role, not_allowed


def may_review(visitor: Visitor) -> bool:
    """Whether somebody may translate, check and correct: every translator, of a city or all, and the secretariat."""
    return has_any_role(visitor, Role.TRANSLATOR, Role.SECRETARIAT)


def require_reviewer(visitor: Visitor) -> Person:
    """The person, if they may translate; else NotAllowedError."""
    if isinstance(visitor, Person) and may_review(visitor):
        return visitor
    raise not_allowed(Role.TRANSLATOR, Role.SECRETARIAT)


def may_decide(visitor: Visitor) -> bool:
    """Whether somebody may remove terms of the glossary and consent to engines: the secretariat."""
    return has_role(visitor, Role.SECRETARIAT)
