"""A few things in several languages, indexed as duties do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intercity.languages import indexing
from intercity.languages.indexing import Described, Piece
from intercity.languages.models import Kind, Passage
from intercity.languages.wanting import want

LANGUAGES = ("en", "zh-hans", "vi", "th", "lo", "km", "my", "id", "ms", "fil", "pt", "ta", "tet")

STATEMENTS = {
    "trees": ("en", "The city should plant more trees along its streets."),
    "buses": ("en", "Buses should run later in the evening, until midnight."),
    "flood": ("en", "Floods close the market every rainy season; the drains are too small."),
    "drains": ("en", "The drains of the old market must be cleaned."),
    "trees-lo": ("lo", "ເມືອງຄວນປູກຕົ້ນໄມ້ຕາມຖະໜົນໃຫ້ຫຼາຍຂຶ້ນ"),
    "trees-my": ("my", "မြို့တော်သည် လမ်းများတစ်လျှောက် သစ်ပင်များ ပိုစိုက်သင့်သည်"),
    "trees-zh": ("zh-hans", "城市应该在街道两旁种植更多的树木。"),
    "school-zh": ("zh-hans", "小学附近的道路需要人行横道。"),
    "border": ("vi", "Cửa khẩu Móng Cái cần mở cửa sớm hơn mỗi ngày."),
    "market-th": ("th", "ตลาดน้ำท่วมทุกฤดูฝน ท่อระบายน้ำเล็กเกินไป"),
    "tetum": ("tet", "Ita presiza bee moos iha suku hotu-hotu."),
}


def describe(things: Mapping[str, tuple[str, str]]) -> indexing.Describe:
    """What these things are found by: one piece each."""

    def described(keys: Sequence[str]) -> Mapping[str, Described | None]:
        return {key: Described(f"/s/{key}/", [Piece(*things[key])]) if key in things else None for key in keys}

    return described


def index(things: Mapping[str, tuple[str, str]] = STATEMENTS, kind: str = Kind.STATEMENT) -> int:
    """Want them and build them."""
    want(kind, things)
    return indexing.build([kind], describe(things))


def bodies() -> list[str]:
    """What can be found now."""
    return sorted(Passage.objects.values_list("body", flat=True))
