"""A few practices of several places and languages, published and indexed as duties do it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from intercity.cities.models import City
from intercity.languages.actions import write_text
from intercity.languages.models import Kind
from intercity.languages.wanting import want
from intercity.practices.models import Challenge, Practice, PracticeState, PracticeStatus, PracticeWords
from intercity.practices.search.duties import index_practices


def publish(slug: str, city: City | None = None, /, language: str = "en", **facts: Any) -> Practice:
    """A practice that everybody can read; `title`, `solution` … are its words, the rest its facts."""
    fields = {name: facts.pop(name) for name in ("title", "summary", "solution", "difficulties") if name in facts}
    found = Practice.objects.create(
        slug=slug,
        city=city,
        **{
            "place": "" if city else "Elsewhere",
            "state": PracticeState.PUBLISHED,
            "published_at": timezone.now(),
            "status": PracticeStatus.RUNNING,
            "version": 1,
            **facts,
        },
    )
    for field, body in fields.items():
        PracticeWords.objects.create(practice=found, field=field, text=write_text(language, body))
    want(Kind.PRACTICE, [found.pk])
    return found


def fill(northport: City, eastbay: City) -> dict[str, Practice]:
    """Five practices: two about floods, one in Lao and one in Chinese, one that failed, one of no member."""
    made = [
        publish(
            "sponge-park", northport, title="A park that drinks the rain", concepts=["flooding"], targets=["11.5"],
            solution="The park takes up storm water, so that streets do not flood.", evidence=3,
            status_confirmed_on=timezone.localdate(),
        ),
        publish(
            "trees-lo", eastbay, language="lo", title="ເມືອງປູກຕົ້ນໄມ້ຕາມຖະໜົນ", concepts=["urban-heat"], evidence=1,
        ),
        publish("trees-zh", eastbay, language="zh-hans", title="城市在街道两旁种植更多的树木。", evidence=2),
        publish(
            "night-market", northport, title="A night market without waste", status=PracticeStatus.STOPPED,
            difficulties="Nobody carried the bins home.", evidence=1,
        ),
        publish("drains", country="SG", geonames_id=1880252, title="Drains cleaned before the rain", evidence=4,
                concepts=["river-flooding"]),
    ]  # fmt: skip
    index_practices()
    return {one.slug: one for one in made}


def ask(city: City, title: str, *concepts: str) -> Challenge:
    """A challenge of a city."""
    found = Challenge.objects.create(
        slug=title.lower().replace(" ", "-"), city=city, title=write_text("en", title), concepts=list(concepts)
    )
    want(Kind.CHALLENGE, [found.pk])
    return found
