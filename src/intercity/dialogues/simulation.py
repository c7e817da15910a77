"""A dialogue made up by a program, for demonstrations; it says of itself that it is simulated."""

from __future__ import annotations

import numpy as np

from intercity.core.opinion.planted import planted_votes
from intercity.dialogues.imports import Conversation
from intercity.dialogues.imports.conversation import ACCEPTED, Statement

PEOPLE, CITIES, VOTES_EACH = 1_200, 5, 16.0
BEGIN, DAYS = 1_767_225_600, 21
SENTENCES = (
    "Buses should run until midnight, so that people on late shifts get home.",
    "Every school needs drinking water that is safe without being boiled.",
    "City centres should be closed to cars at weekends.",
    "A monthly ticket should cost no more than two hours of the lowest wage.",
    "Street food belongs to our culture and needs permanent places.",
    "New flats should only be built where there is a bus or a train.",
    "Trees in the streets are worth more than parking spaces.",
    "Motorcycles with petrol engines should be banned within ten years.",
    "Every office of the city should also answer on paper and by telephone.",
    "Flood maps must be public, street by street.",
    "Tourists should pay a small fee that goes to the old quarters.",
    "The city should lend phones to people who cannot afford one.",
    "Courses in digital skills should be held in markets, not only in libraries.",
    "Cameras in the streets make me feel safer.",
    "Waste should be paid for by weight.",
    "Children should learn the language of a neighbouring country at school.",
    "夜市应该保留下来,但要安静一些。",
    "公共汽车应该让轮椅也能方便上下。",
    "城市之间应该互相公开环境数据。",
    "Xe buýt điện nên được ưu tiên trên các tuyến đường đông đúc.",
    "Người cao tuổi nên được đi xe buýt miễn phí.",
    "ควรมีทางเท้าที่เดินได้จริงทุกถนน",
    "ค่าเดินทางควรถูกลงสำหรับนักเรียน",
    "ທຸກບ້ານຄວນມີນ້ຳສະອາດ",
    "ລົດເມຄວນມາຕົງເວລາ",
    "គ្រប់សាលារៀនគួរមានអ៊ីនធឺណិត",
    "ទីផ្សារគួរតែស្អាតជាងនេះ",
    "Sungai di kota harus bersih kembali.",
    "Pasar tradisional lebih penting daripada pusat belanja baru.",
    "Dapat may libreng internet sa bawat aklatan.",
    "Before a new road is built, those who live there must be asked.",
    "A city that copies a good idea should say where it comes from.",
    "Rents should rise no faster than wages.",
    "Every new building must collect its rain water.",
    "Officials should answer every petition within a month.",
    "Young people should get a seat in the city council.",
    "Ports should run on shore power, even if freight gets dearer.",
    "Cities should share one ticket for all their museums.",
    "Delivery riders need places to rest.",
    "The city should buy from local firms first, even if it costs more.",
)


def simulated_dialogue(*, people: int = PEOPLE, seed: int = 0) -> Conversation:
    """Draw a dialogue of `people` participants in five cities, one of them small.

    Raises ValueError unless there are 1 to 1,000,000 people.
    """
    if not 1 <= people <= 1_000_000:
        raise ValueError(f"people is {people}; 1 to 1,000,000 are allowed.")
    planted = planted_votes(
        people,
        len(SENTENCES),
        votes_per_participant=VOTES_EACH,
        groups=(0.45, 0.35, 0.2),
        cities=CITIES,
        separation=0.9,
        seed=seed,
    )
    rng = np.random.default_rng([seed, 1])
    arrived = BEGIN + rng.random(people) * DAYS * 86_400
    each = planted.votes.per_participant
    pause = rng.gamma(2.0, 6.0, len(planted.votes))
    first = np.repeat(planted.votes.start[:-1], each)
    passed = np.cumsum(pause) - np.concatenate([[0.0], np.cumsum(pause)])[first]
    return Conversation(
        topic="How should cities grow? (simulated)",
        description="Made up by a program to show what an analysis says. Nobody said or voted this.",
        url="",
        statements=tuple(
            Statement(str(number), text, time=float(BEGIN), moderated=ACCEPTED, is_seed=True)
            for number, text in enumerate(SENTENCES)
        ),
        participants=tuple(str(number) for number in range(people)),
        votes=planted.votes,
        time=np.round(np.repeat(arrived, each) + passed),
        cities=tuple(f"Simulated city {number}" for number in range(1, CITIES + 1)),
        city=planted.city,
        simulated=True,
    )
