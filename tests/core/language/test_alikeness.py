"""Statements that say the same in nearly the same letters are found, in any script; others are left alone."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercity.core.language import ALIKE, alike, likeness

POLIS = Path(__file__).parents[4] / "shared" / "data" / "polis"
ENGLISH = [
    "Buses should run until midnight on all lines.",
    "We need more trees along the main roads.",
    "Small shops should pay less rent in the city centre.",
    "The river must be cleaned before new houses are built.",
    "Every school should teach a neighbouring language.",
    "Street vendors should be allowed near the station.",
    "The city should publish how it spends its money.",
    "Old people need clinics they can reach on foot.",
]
CHINESE = [
    "所有公交线路应该运营到午夜。",
    "主要道路两旁需要种更多的树。",
    "市中心的小商店应该少交租金。",
    "建新房子之前必须先清理河流。",
    "每所学校都应该教一门邻国的语言。",
    "应该允许小贩在车站附近摆摊。",
]
KHMER = [
    "រថយន្តក្រុងគួរតែរត់រហូតដល់ពាក់កណ្តាលអធ្រាត្រ។",
    "យើងត្រូវការដើមឈើបន្ថែមនៅតាមដងផ្លូវធំៗ។",
    "ហាងតូចៗគួរតែបង់ថ្លៃជួលតិចជាងមុន។",
    "ទន្លេត្រូវតែសម្អាតមុនពេលសាងសង់ផ្ទះថ្មី។",
    "សាលារៀនទាំងអស់គួរបង្រៀនភាសារបស់ប្រទេសជិតខាង។",
]
LAO = [
    "ລົດເມຄວນແລ່ນຈົນຮອດທ່ຽງຄືນ.",
    "ພວກເຮົາຕ້ອງການຕົ້ນໄມ້ຫຼາຍຂຶ້ນຕາມຖະໜົນໃຫຍ່.",
    "ຮ້ານຄ້ານ້ອຍຄວນຈ່າຍຄ່າເຊົ່າໜ້ອຍລົງ.",
    "ແມ່ນ້ຳຕ້ອງໄດ້ຮັບການອະນາໄມກ່ອນສ້າງເຮືອນໃໝ່.",
    "ທຸກໂຮງຮຽນຄວນສອນພາສາຂອງປະເທດເພື່ອນບ້ານ.",
]
VIETNAMESE = [
    "Xe buýt nên chạy đến nửa đêm trên tất cả các tuyến.",
    "Chúng ta cần thêm cây xanh dọc các con đường chính.",
    "Cửa hàng nhỏ nên trả ít tiền thuê hơn ở trung tâm thành phố.",
    "Phải làm sạch dòng sông trước khi xây nhà mới.",
    "Mỗi trường học nên dạy một ngôn ngữ láng giềng.",
    "Người già cần phòng khám có thể đi bộ tới được.",
]
STATEMENTS = {"en": ENGLISH, "zh": CHINESE, "km": KHMER, "lo": LAO, "vi": VIETNAMESE}
NEARLY = [
    ("en", 0, "The buses should run until midnight, on all lines"),
    ("en", 1, "We need many more trees along our main roads!"),
    ("en", 5, "Street vendors should be allowed to sell near the train station"),
    ("en", 6, "The city must publish how it spends our money."),
    ("zh", 0, "所有的公交线路都应该运营到午夜"),
    ("zh", 1, "主要道路两旁应该种更多的树"),
    ("zh", 5, "应该允许小贩在火车站附近摆摊"),
    ("km", 0, "រថយន្តក្រុងទាំងអស់គួរតែរត់ដល់ពាក់កណ្តាលអធ្រាត្រ"),
    ("km", 1, "យើង\u200bត្រូវការ\u200bដើមឈើ\u200bបន្ថែម\u200bនៅតាម\u200bផ្លូវ\u200bធំៗ"),
    ("lo", 0, "ລົດເມທຸກສາຍຄວນແລ່ນຈົນຮອດທ່ຽງຄືນ"),
    ("lo", 1, "ພວກເຮົາ ຕ້ອງການ ຕົ້ນໄມ້ ຫຼາຍຂຶ້ນ ຕາມຖະໜົນໃຫຍ່"),
    ("vi", 0, "Xe buýt nên chạy đến nửa đêm ở mọi tuyến"),
    ("vi", 1, "chung ta can them cay xanh doc cac con duong chinh"),
    ("vi", 5, "Người cao tuổi cần phòng khám có thể đi bộ tới."),
]


@pytest.mark.parametrize(("language", "expected", "text"), NEARLY)
def test_nearly_the_same_is_found(language: str, expected: int, text: str) -> None:
    found = alike(text, STATEMENTS[language])
    assert found.index.tolist() == [expected]
    assert ALIKE <= found.likeness[0] < 1 + 1e-9


@pytest.mark.parametrize("language", STATEMENTS)
def test_unrelated_statements_are_not_alike(language: str) -> None:
    statements = STATEMENTS[language]
    for number, text in enumerate(statements):
        others = statements[:number] + statements[number + 1 :]
        assert likeness(text, others).max() < 0.4


def test_the_same_but_for_its_dress_is_one() -> None:
    found = alike("BUSES should run, until midnight, on all lines", ENGLISH)
    assert found.index.tolist() == [0]
    assert found.likeness == pytest.approx([1])


def test_other_languages_do_not_disturb() -> None:
    together = [text for statements in STATEMENTS.values() for text in statements]
    assert alike(NEARLY[7][2], together).index.tolist() == [len(ENGLISH) + len(CHINESE)]


def test_the_most_alike_come_first_and_of_equals_the_earlier() -> None:
    others = [ENGLISH[1], "Buses should run until midnight", ENGLISH[0], ENGLISH[0]]
    found = alike(ENGLISH[0], others)
    assert found.index.tolist() == [2, 3, 1]
    assert (np.diff(found.likeness) <= 0).all()
    assert alike(ENGLISH[0], others, most=1).index.tolist() == [2]
    assert alike(ENGLISH[0], others, threshold=0.999).index.tolist() == [2, 3]


@pytest.mark.parametrize("others", [[], [""], ["…"], ["", "Walk"]])
def test_nothing_is_like_nothing(others: list[str]) -> None:
    assert likeness("?!", others).tolist() == [0] * len(others)
    assert likeness("Buses", others).tolist() == [0] * len(others)


@pytest.mark.parametrize(("wrong", "named"), [({"threshold": 0}, "threshold is 0"), ({"most": 0}, "most is 0")])
def test_what_is_out_of_range_is_named(wrong: dict[str, int], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        alike("a", ["a"], **wrong)


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=6))
def test_likeness_is_a_share_and_goes_both_ways(text: str, others: list[str]) -> None:
    found = likeness(text, others)
    assert found.shape == (len(others),)
    assert ((found >= 0) & (found <= 1)).all()
    if len(others) == 1:
        assert found == pytest.approx(likeness(others[0], [text]))


def test_pieces_are_counted_as_a_plain_count_would() -> None:
    """The hashed and sorted way gives what a dictionary gives."""
    texts = [*ENGLISH, *CHINESE, *KHMER]
    for _, _, text in NEARLY[:8]:
        assert likeness(text, texts) == pytest.approx(_plainly(text, texts))


def _plainly(text: str, others: list[str]) -> list[float]:
    from collections import Counter

    from intercity.core.language import fold

    padded = [f" {fold(one)} " for one in (text, *others)]
    cut = [[p[i : i + n] for n in (2, 3, 4) for i in range(len(p) - n + 1)] for p in padded]
    bags = [
        Counter([*pieces, *(one for one in p if "㐀" <= one <= "鿿")]) for p, pieces in zip(padded, cut, strict=True)
    ]
    held = Counter(piece for bag in bags for piece in bag)
    rarity = {piece: np.log((len(bags) + 1) / (many + 1)) + 1 for piece, many in held.items()}
    rows = [{piece: many * rarity[piece] for piece, many in bag.items()} for bag in bags]
    length = [sum(weight**2 for weight in row.values()) ** 0.5 for row in rows]
    shared = [sum(weight * row.get(piece, 0) for piece, weight in rows[0].items()) for row in rows]
    return [float(shared[i] / length[i] / length[0]) for i in range(1, len(rows))]


def _comments(dialogue: str) -> list[str]:
    path = POLIS / dialogue / "comments.csv"
    if not path.exists():
        pytest.skip(f"published statements of {dialogue} are not here: {path}")
    with path.open(encoding="utf-8", newline="") as file:
        return [row["comment-body"] for row in csv.DictReader(file)]


REAL = [
    ("american-assembly.bowling-green", "We need a health food store.", "We need a WHOLE FOOD store.", True),
    (
        "american-assembly.bowling-green",
        "Offer healthier food options on and near WKU campus",
        "There should be more healthy food options near/on campus of WKU.",
        True,
    ),
    (
        "american-assembly.bowling-green",
        "Bowling Green should be become a carbon neutral city.",
        "Bowling Green should become a Metro.",
        False,
    ),
    ("bg2050-volunteers", "More affordable housing options", "We need more daycare facilities.", False),
]


@pytest.mark.parametrize(("dialogue", "one", "another", "expected"), REAL)
def test_real_statements(dialogue: str, one: str, another: str, expected: bool) -> None:
    statements = _comments(dialogue)
    others = [text for text in statements if text != one]
    found = likeness(one, others)[others.index(another)]
    assert (found >= ALIKE) is np.bool_(expected)


def test_few_of_a_real_dialogue_are_called_alike() -> None:
    """In a real dialogue of nearly 900 statements about one in ten repeats an earlier one."""
    statements = _comments("american-assembly.bowling-green")
    repeats = sum(len(alike(text, statements[:n]).index) > 0 for n, text in enumerate(statements) if n % 8 == 0)
    assert repeats <= 0.2 * len(statements) / 8
