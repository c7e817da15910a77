"""Letters among the secretariat's records: that they were sent, neither to which address nor in which words."""

from __future__ import annotations

from django.contrib import admin

from intercity.accounts.records import ReadOnly, site
from intercity.letters.models.bounces import Bounce
from intercity.letters.models.letters import Letter
from intercity.letters.models.silence import Silence
from intercity.letters.models.wording import Wording

site.register(Wording)
site.leave_out(Silence, because="Marks made of addresses, of residents too: whose wish it is, nobody has to know.")


@admin.register(Letter, site=site)
class Letters(ReadOnly):
    """Letters that were sent, wait or came back; a key only names them."""

    list_display = ("key", "kind", "city", "to", "tries", "error", "made_at", "sent_at", "silenced_at")
    list_filter = ("kind", "to", "city")
    also_shown = ("key",)
    kept_back = ("marks",)


@admin.register(Bounce, site=site)
class Bounces(ReadOnly):
    """Letters that came back: of which city's mailbox, and why."""

    list_display = ("letter", "city", "to", "status", "at", "settled_at")
    list_filter = ("status", "to", "city")
    kept_back = ("mark",)
