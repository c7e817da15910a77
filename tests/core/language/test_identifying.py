"""A language is proposed rightly, and called sure only where that can be relied on."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercity.core.language import identifying
from intercity.core.language.identifying import identify
from intercity.core.language.known import LANGUAGES
from intercity.core.language.tetum import tetum_probability

NETWORK = ("en", "zh-hans", "vi", "th", "lo", "km", "my", "id", "ms", "fil", "ta", "pt", "tet")
SENTENCES = {
    "en": "All human beings are born free and equal in dignity and rights.",
    "zh-hans": "人人生而自由，在尊严和权利上一律平等。",
    "vi": "Tất cả mọi người sinh ra đều được tự do và bình đẳng.",
    "th": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกัน",
    "lo": "ມະນຸດທຸກຄົນເກີດມາມີກຽດສັກສີ",
    "km": "មនុស្សទាំងអស់កើតមកមានសេរីភាព",
    "my": "လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် မွေးဖွားလာသူများ ဖြစ်သည်။",
    "fil": "Ang lahat ng tao'y isinilang na malaya at pantay-pantay sa karangalan.",
    "ta": "மனிதப் பிறவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்",
    "pt": "Todos os seres humanos nascem livres e iguais em dignidade e em direitos.",
    "tet": "Ema hotu iha direitu atu moris ho seguransa no hetan servisu iha sira-nia rain.",
}
INDONESIAN = "Semua orang dilahirkan merdeka dan mempunyai martabat dan hak-hak yang sama."


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_identified_surely(code: str) -> None:
    found = identify(SENTENCES[code], NETWORK)
    assert (found.language, found.is_sure) == (code, True)
    assert found.likely[0].language == code


@pytest.mark.parametrize("text", ["", "   ", "123 !?", "🙂", "https://example.org/x @ana"])
def test_nothing_to_go_by_is_nothing(text: str) -> None:
    assert identify(text, NETWORK) == identifying.NOTHING


def test_without_languages_there_is_nothing() -> None:
    assert identify("Hello", ()) == identifying.NOTHING
    assert identify("Hello", ("xx",)) == identifying.NOTHING


def test_a_script_of_no_language_here_is_nothing() -> None:
    assert identify("Все люди рождаются свободными", NETWORK).language is None


@pytest.mark.parametrize("text", ["Hello", "Bom dia", "terima kasih"])
def test_a_word_or_two_of_an_alphabet_is_not_sure(text: str) -> None:
    found = identify(text, NETWORK)
    assert found.language is not None
    assert not found.is_sure


@pytest.mark.parametrize(("text", "code"), [("ສະບາຍດີ", "lo"), ("你好", "zh-hans"), ("วัด", "th")])
def test_a_word_in_a_script_of_its_own_is_sure(text: str, code: str) -> None:
    found = identify(text, NETWORK)
    assert (found.language, found.is_sure) == (code, True)


def test_indonesian_and_malay_are_both_likely_and_nothing_is_sure() -> None:
    for interface in ("", "en", "xx"):
        found = identify(INDONESIAN, NETWORK, interface)
        assert {one.language for one in found.likely[:2]} == {"id", "ms"}
        assert not found.is_sure


@pytest.mark.parametrize("interface", ["id", "ms", "ms-MY"])
def test_the_interface_decides_between_indonesian_and_malay(interface: str) -> None:
    found = identify(INDONESIAN, NETWORK, interface)
    assert (found.language, found.is_sure) == (interface[:2], True)


def test_one_of_the_two_alone_is_sure() -> None:
    assert identify(INDONESIAN, ("en", "id", "pt")).is_sure


def test_the_interface_does_not_decide_other_languages() -> None:
    assert identify(SENTENCES["pt"], NETWORK, "id").language == "pt"


def test_both_ways_to_write_chinese_are_told_apart() -> None:
    both = ("en", "zh-hans", "zh-hant")
    assert identify("我们需要更多的树", both).language == "zh-hans"
    assert identify("我們需要更多的樹", both).language == "zh-hant"
    neither = identify("人人生而自由", both)
    assert {one.language for one in neither.likely} == {"zh-hans", "zh-hant"}
    assert not neither.is_sure
    assert identify("人人生而自由", both, "zh-hant").language == "zh-hant"


def test_kana_is_japanese_where_japanese_is_spoken() -> None:
    assert identify("すべての人間は生まれながらにして自由である", ("zh-hans", "ja")).language == "ja"
    assert identify("美味の水果店开在我们学校的旁边啊", ("zh-hans", "ja")).language == "zh-hans"


def test_names_in_latin_letters_do_not_turn_a_language() -> None:
    found = identify("ພວກເຮົາໃຊ້ Facebook ແລະ WhatsApp ທຸກມື້", NETWORK)
    assert found.language == "lo"


def test_two_scripts_alike_are_not_sure() -> None:
    found = identify("We need many more trees along the roads, thank you. ພວກເຮົາຕ້ອງການຕົ້ນໄມ້", NETWORK)
    assert {one.language for one in found.likely} >= {"en", "lo"}
    assert not found.is_sure


def test_a_language_that_the_network_lacks_is_not_sure() -> None:
    found = identify("Tous les êtres humains naissent libres et égaux en dignité et en droits.", NETWORK)
    assert not found.is_sure
    assert not identify("Tous les êtres humains naissent libres et égaux.", ("en", "zh-hans")).is_sure


def test_codes_come_back_as_they_came() -> None:
    assert identify("人人生而自由", ("zh-CN", "en")).language == "zh-CN"


@given(st.text(), st.sampled_from([*LANGUAGES, ""]))
def test_any_text_gives_a_proposal_or_nothing(text: str, interface: str) -> None:
    found = identify(text, LANGUAGES, interface)
    probabilities = [one.probability for one in found.likely]
    assert probabilities == sorted(probabilities, reverse=True)
    assert sum(probabilities) <= 1 + 1e-6
    assert found.language == (found.likely[0].language if found.likely else None)
    assert found.language is not None or not found.is_sure


def test_one_network_does_not_change_another() -> None:
    """py3langid's own set_languages would: it is one for the whole process."""
    wrong: list[object] = []

    def run(languages: tuple[str, ...], expected: str) -> None:
        wrong.extend(found for _ in range(100) if (found := identify(SENTENCES["pt"], languages).language) != expected)

    pairs = ((("en", "pt"), "pt"), (("pt", "vi", "fil"), "pt"), (("es", "en", "fr"), "es"))
    threads = [threading.Thread(target=run, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_tetum_is_told_from_its_neighbours() -> None:
    assert tetum_probability(SENTENCES["tet"]) > 0.9
    assert tetum_probability("") == 0
    for code in ("en", "pt", "fil", "vi"):
        assert tetum_probability(SENTENCES[code]) < 0.1
    assert tetum_probability(INDONESIAN) < 0.1


@pytest.mark.parametrize("apostrophe", "'’ʼ‘")
def test_the_apostrophe_of_tetum_may_be_any(apostrophe: str) -> None:
    plain = tetum_probability("ema ne'ebé moris iha ne'e")
    assert tetum_probability(f"ema ne{apostrophe}ebé moris iha ne{apostrophe}e") == plain


def test_tetum_it_was_not_trained_on(shared_data: Callable[[str], Path]) -> None:
    with gzip.open(shared_data("language/pairs/udhr.en-tet.tsv.gz"), "rt", encoding="utf-8") as lines:
        unseen = [line.rstrip("\n").split("\t")[1] for line in lines][2::3]
    assert all(identify(text, NETWORK).language == "tet" for text in unseen if len(text) > 40)


@pytest.mark.parametrize("code", [code for code in NETWORK if code not in ("id", "ms", "tet")])
def test_real_sentences(code: str, shared_data: Callable[[str], Path]) -> None:
    path = shared_data(f"language/flores-devtest/{code.removesuffix('-hans')}.txt")
    found = [identify(text[:100], NETWORK) for text in path.read_text(encoding="utf-8").splitlines()[:200]]
    assert sum(one.language == code for one in found) >= 199
    assert all(one.language == code for one in found if one.is_sure)
