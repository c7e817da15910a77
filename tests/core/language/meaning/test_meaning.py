"""Sentences of one meaning point in one direction, whatever their language."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from intercity.core.language import meaning
from intercity.core.language.meaning import contract, native
from intercity.core.language.meaning.pinned import weights
from intercity.core.language.meaning.together import Together

WATER = {
    "en": "The water in our street is not clean",
    "zh": "我们街上的水不干净",
    "vi": "Nước trên đường phố của chúng tôi không sạch",
    "th": "น้ำในถนนของเราไม่สะอาด",
    "lo": "ນ້ຳໃນຖະໜົນຂອງພວກເຮົາບໍ່ສະອາດ",
    "km": "ទឹកនៅលើផ្លូវរបស់យើងមិនស្អាតទេ",
    "my": "ကျွန်ုပ်တို့လမ်းရှိ ရေသည် မသန့်ရှင်းပါ",
    "id": "Air di jalan kami tidak bersih",
    "ms": "Air di jalan kami tidak bersih",
    "fil": "Hindi malinis ang tubig sa aming kalye",
    "ta": "எங்கள் தெருவில் உள்ள தண்ணீர் சுத்தமாக இல்லை",
    "pt": "A água da nossa rua não está limpa",
}
OTHERS = ["The library should open on Sundays", "Buses are too expensive for students", "Thank you", "Plant trees"]


@pytest.fixture(scope="module")
def vectors() -> contract.Vectors:
    return meaning.encode(list(WATER.values()), list(WATER))


def test_rows_are_of_unit_length(vectors: contract.Vectors) -> None:
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(WATER), 512)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("language", WATER)
def test_a_translation_is_nearer_than_anything_else(language: str, vectors: contract.Vectors) -> None:
    own = vectors[list(WATER).index(language)]
    others = meaning.encode(OTHERS, "en")
    assert own @ vectors[0] > (others @ own).max()


def test_order_and_company_change_nothing(vectors: contract.Vectors) -> None:
    languages = list(WATER)[::-1]
    turned = meaning.encode([WATER[code] for code in languages], languages)
    assert np.allclose(turned[::-1], vectors, atol=1e-5)
    assert np.allclose(meaning.encode([WATER["lo"]], "lo")[0], vectors[list(WATER).index("lo")], atol=1e-5)


def test_script_region_and_case_of_a_code_do_not_matter() -> None:
    codes = ["zh", "zh-Hans", "ZH-hans-CN", "zh_CN"]
    found = meaning.encode([WATER["zh"]] * 4, codes)
    assert np.allclose(found, found[0], atol=1e-6)
    assert meaning.speaks("tl")
    assert meaning.quality("FIL-PH") == "good"


def test_what_is_claimed_per_language() -> None:
    strong = {code for code in WATER if meaning.quality(code) == "strong"}
    assert strong == {"en", "zh", "th", "pt", "id", "ms"}
    assert {code for code in WATER if meaning.quality(code) == "good"} == set(WATER) - strong
    assert meaning.quality("tet") == meaning.quality("") == meaning.quality("xx") == "none"
    assert set(WATER) >= native.MEASURED


@pytest.mark.parametrize("code", ["tet", "xx", ""])
def test_a_language_without_meaning_is_refused_by_name(code: str) -> None:
    assert not meaning.speaks(code)
    with pytest.raises(meaning.NoMeaningError, match=repr(code)):
        meaning.encode(["Bondia"], code)


def test_languages_and_texts_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="2 texts came with 1 languages"):
        meaning.encode(["a", "b"], ["en"])
    with pytest.raises(TypeError, match="list of texts"):
        meaning.encode("one text", "en")


def test_nothing_at_all_is_no_rows() -> None:
    assert meaning.encode([], "lo").shape == meaning.encode([], []).shape == (0, 512)


@pytest.mark.parametrize("code", ["en", "lo"])
def test_a_blank_text_is_like_nothing(code: str) -> None:
    found = meaning.encode(["", " \n\u200b ", WATER[code]], code)
    assert not found[:2].any()
    assert found[2].any()


@pytest.mark.parametrize("text", ["😀", "\x00", "ﷺ", "a" * 5000, "12345", "\u0301", "?!", "၀၁၂", "\ud7ff"])
@pytest.mark.parametrize("code", ["en", "my"])
def test_odd_texts_have_a_vector_too(code: str, text: str) -> None:
    found = meaning.encode([text], code)
    assert np.isfinite(found).all()
    assert np.isclose(np.linalg.norm(found[0]), 1, atol=1e-5)


def test_name_and_version_fit_the_database() -> None:
    assert 0 < len(meaning.NAME) <= 60
    assert native.PINS["weights.npz"][:8] in meaning.NAME


def test_many_threads_load_once_and_agree(vectors: contract.Vectors) -> None:
    fresh = Together(weights())
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda code: fresh.encode([WATER[code]], code)[0], ["lo", "vi", "en", "ta"] * 3))
    for code, row in zip(["lo", "vi", "en", "ta"] * 3, found, strict=True):
        assert np.allclose(row, vectors[list(WATER).index(code)], atol=1e-5)
