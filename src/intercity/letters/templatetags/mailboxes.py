"""Whether a city's mailbox takes letters, for the pages that show it."""

from __future__ import annotations

from typing import Any

from django import template

from intercity.accounts.models import Role
from intercity.accounts.rights import has_role
from intercity.cities.models import City
from intercity.letters.bouncing import in_words
from intercity.letters.marks import mark_of
from intercity.letters.models import Bounce

register = template.Library()


@register.inclusion_tag("letters/_mailbox.html", takes_context=True)
def mailbox_hint(context: template.Context, city: City) -> dict[str, Any]:
    """For the secretariat: that letters to a city's office come back, and why; else nothing."""
    request = context.get("request")
    if not city.mailbox or request is None or not has_role(request.user, Role.SECRETARIAT):
        return {}
    last = Bounce.objects.unsettled().filter(mark=mark_of(city.mailbox)).first()
    return {"why": in_words(last.status), "day": last.at} if last else {}
