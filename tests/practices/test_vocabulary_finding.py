"""A problem in people's own words leads to the concept that it is about."""

from __future__ import annotations

import pytest

from intercity.practices.vocabulary import concepts, concepts_for, languages
from intercity.practices.vocabulary.finding import LEAST, _same

ENGLISH = (
    ("Every rainy season the streets near the market stand knee-deep in water and shops close for days.", "flooding"),
    ("Nobody wants to drive the collection trucks and rubbish lies at the corners for a week.", "household-waste"),
    ("In April the air is so full of smoke from the fields that schools have to close.", "burning"),
    (
        "Grandparents cannot use the phone app to pay their bills and are afraid to press a wrong key.",
        "digital-skills",
    ),
    ("Lorries wait two days at the gate because papers are checked twice, once on each side.", "border-crossing"),
    ("Young people leave because they find no work that pays.", "jobs"),
    ("The old town is full of tour buses at noon and residents can no longer cross the square.", "too-many-visitors"),
    ("Four out of ten litres that leave the treatment plant never reach a meter.", "water-losses"),
    ("Many children under five are too short for their age because they eat little but rice.", "child-nutrition"),
    ("Students on motorbikes without helmets are killed on the ring road.", "road-safety"),
    ("Residents complain by letter and nobody answers; we do not know what is broken where.", "citizen-requests"),
    ("Families who live in shacks by the railway fear that they will be driven out.", "informal-settlements"),
)
CHINESE = (
    ("一下大雨，地铁口和菜市场门口就被淹，商户好几天不能开门。", "flooding"),
    ("很多老人一个人住，生病了也没人知道。", "older-people"),
    ("居民把剩饭和塑料混在一起扔，分类桶形同虚设。", "waste-sorting"),
    ("上下班时主干道动不了，半小时只能走两公里。", "congestion"),
    ("货车在边境排队，单证要在两边各查一次。", "border-crossing"),
    ("夏天街上没有树，建筑工人热得中暑。", "heat"),
    ("村里的手艺没有年轻人愿意学，快要失传了。", "living-heritage"),
    ("河水发黑发臭，工厂和住户的脏水直接排进去。", "wastewater"),
    ("办一个营业执照要跑五个部门，来回好几趟。", "one-stop-services"),
    ("孩子整天看手机，家长不知道怎么办。", "children-online"),
    ("小区房子太旧，没有电梯，管道老化。", "old-districts"),
    ("饭店的油烟和楼上的装修声让邻居天天吵架。", "neighbourhood-conflict"),
)
FLOOR = 10
"""Of twelve each, within the first five."""


def hits(asked: tuple[tuple[str, str], ...], language: str) -> list[str]:
    """Those that were not found within the first five."""
    return [wanted for text, wanted in asked if wanted not in {one.id for one, _ in concepts_for(text, language)}]


@pytest.mark.parametrize(("language", "asked"), [("en", ENGLISH), ("zh-hans", CHINESE)])
def test_a_problem_in_own_words_leads_to_its_concept(language: str, asked: tuple[tuple[str, str], ...]) -> None:
    missed = hits(asked, language)
    assert len(asked) - len(missed) >= FLOOR, missed


AFTERWARDS = (
    ("en", "There is no doctor in our district and a sick person must travel two hours.", "primary-care"),
    ("en", "Sellers on the pavement are chased away by inspectors and come back an hour later.", "street-vendors"),
    ("en", "The power goes out several times a week in the hot months.", "electricity-access"),
    ("en", "Every department has its own database and none of them can read the others'.", "coordination"),
    ("en", "Wheelchair users cannot enter the town hall or get on a bus.", "disability"),
    ("en", "The plastic that we throw into canals ends up on the beach.", "plastic"),
    ("en", "Girls are afraid to walk home from the station after dark.", "women-safety"),
    ("en", "People receive calls from false policemen and lose their savings.", "online-safety"),
    ("en", "Rents have doubled, and teachers and nurses move out of the city.", "affordable-housing"),
    ("en", "Farmers cannot sell their vegetables in the city without a middleman.", "farm-to-city"),
    ("en", "The beach is disappearing and salt water comes into the wells.", "sea-level"),
    ("en", "After the earthquake families still live in tents.", "disaster-recovery"),
    ("zh-hans", "停车位不够，车都停在人行道和消防通道上。", "parking"),
    ("zh-hans", "来旅游的人只待半天就走了，不在这里过夜。", "too-few-visitors"),
    ("zh-hans", "社区里没有人带三岁以下的孩子，年轻父母不敢生。", "early-childhood"),
    ("zh-hans", "村民烧秸秆，春天整个城市都看不清。", "burning"),
    ("zh-hans", "独居老人学不会用手机挂号、买票。", "digital-skills"),
    ("zh-hans", "水管老化，一半的水还没到用户家就没了。", "water-losses"),
    ("zh-hans", "夜里摊位占道，环境脏乱，可是取缔了他们就没有收入。", "street-vendors"),
    ("zh-hans", "街上流浪狗越来越多，常常咬伤人。", "stray-animals"),
)
"""Written after the other words of the concepts were chosen, and not used to choose anything."""


def test_so_do_problems_that_were_written_afterwards() -> None:
    missed = [
        wanted
        for language, text, wanted in AFTERWARDS
        if wanted not in {one.id for one, _ in concepts_for(text, language)}
    ]
    assert len(AFTERWARDS) - len(missed) >= 14, missed


def test_every_expected_concept_exists() -> None:
    assert {wanted for *_, wanted in (*ENGLISH, *CHINESE, *AFTERWARDS)} <= set(concepts())


@pytest.mark.parametrize("language", languages())
def test_a_label_finds_its_own_concept_first(language: str) -> None:
    missed = []
    for concept in concepts().values():
        if concept.broader and language in concept.labels:
            found = [one.id for one, _ in concepts_for(concept.label(language), language, 3)]
            if concept.id not in found:
                missed.append(concept.label(language))
    assert not missed


@pytest.mark.parametrize("text", ["", " \n", "…!?", "the of and", "的"])
def test_nothing_is_proposed_for_nothing(text: str) -> None:
    assert concepts_for(text, "en") == []


def test_the_likeliest_come_first_without_groups_and_as_many_as_asked() -> None:
    found = concepts_for("Waste, water, traffic, housing and jobs", "en", 3)
    assert len(found) == 3
    likenesses = [likeness for _, likeness in found]
    assert likenesses == sorted(likenesses, reverse=True)
    assert all(LEAST <= likeness <= 1 for likeness in likenesses)
    assert all(one.broader for one, _ in found)
    assert concepts_for("Waste and water", "en", 0) == []


def test_a_language_without_meaning_is_found_by_english_words_in_it() -> None:
    assert concepts_for("Problema ho e-waste iha sidade", "tet")[0][0].id == "hazardous-waste"


def test_regions_and_scripts_fall_back() -> None:
    text = "夏天街上没有树，建筑工人热得中暑。"
    assert concepts_for(text, "zh-Hans-SG") == concepts_for(text, "zh-hans")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("floods", "flooding", True),
        ("market", "markets", True),
        ("water", "waterlogging", False),
        ("bus", "bush", False),
        ("tap", "tap", True),
    ],
)
def test_forms_of_a_word_are_the_same(one: str, other: str, same: bool) -> None:
    assert _same(one, other) is same
