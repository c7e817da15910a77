"""Practices go out as tables and come back the same; whatever spreadsheets do to files is understood or refused."""

from __future__ import annotations

import csv
import io
import json
from zipfile import ZipFile

import pytest

from intercity.accounts.models import Person
from intercity.accounts.rights import NotAllowedError
from intercity.audit.models import Entry
from intercity.cities.models import City
from intercity.languages.models import Text
from intercity.practices.actions import bringing
from intercity.practices.actions.bringing import Brought, bring
from intercity.practices.exports import write_package
from intercity.practices.exports.columns import TABLES
from intercity.practices.models import (
    Adoption,
    Cost,
    CostKind,
    Medium,
    Partner,
    Practice,
    PracticeState,
    PracticeWords,
    Provenance,
)
from intercity.refusals import RefusedError

HEADER = "slug,city,language,title,summary,problem,solution,difficulties,unknown\n"
LINE = "1,northport,en,Night buses,Buses run all night.,Nurses walked.,Three lines.,Drivers were few.,costs results\n"


def package(practices: object = None) -> bytes:
    file = io.BytesIO()
    write_package(file, practices, base="https://example.org")  # type: ignore[arg-type]
    return file.getvalue()


def tables(content: bytes) -> dict[str, list[dict[str, str]]]:
    with ZipFile(io.BytesIO(content)) as zipped:
        return {
            name.removesuffix(".csv"): list(
                csv.DictReader(io.StringIO(zipped.read(name).decode("utf-8-sig"), newline=""))
            )
            for name in zipped.namelist()
            if name.endswith(".csv")
        }


def try_csv(person: Person, text: str | bytes, *, keep: bool = False) -> list[Brought]:
    content = text if isinstance(text, bytes) else text.encode()
    return bring(person, bringing.read(content, "practices.csv"), keep=keep)


def faults(one: Brought) -> dict[str, str]:
    return {fault.column: fault.sentence for fault in one.faults}


def forget_everything() -> None:
    Adoption.objects.all().delete()
    texts = list(PracticeWords.objects.values_list("text", flat=True))
    Practice.objects.all().delete()
    Text.objects.filter(pk__in=texts).delete()


@pytest.fixture
def rich(practice: Practice) -> Practice:
    """The published one with something in every table, and words that spreadsheets and CSV stumble over."""
    Partner.objects.create(practice=practice, name='University of "Northport", Ltd.', role="technical")
    Medium.objects.create(practice=practice, address="https://example.org/a.png", shows="=a map", licence="CC BY 4.0")
    Cost.objects.create(
        practice=practice, kind=CostKind.RUNNING, amount="12.50", currency="KHR", basis="-tools;\nno land",
        claimed_by="@office", source="+855 report", claimed_on="2022-05-01",
    )  # fmt: skip
    words = practice.words.get(field="difficulties").text
    words.language, words.body = "km", 'ដើម\u200bឈើ\nងាប់; "ពាក់កណ្តាល"'
    words.save()
    for name, value in {
        "concepts": ["flooding"], "targets": ["11.5", "13.1"], "funding": ["own", "donor"], "groups": ["everybody"],
        "staff": "2.5", "implementer": "'=Water office", "contact_role": "Water office", "cofog": "05",
        "contact_mailbox": "water@example.org", "scale": "district", "unknown": ["partners", "legal"],
    }.items():  # fmt: skip
        setattr(practice, name, value)
    practice.unknown = ["legal"]
    practice.save()
    return practice


def test_what_goes_out_comes_back_the_same(rich: Practice, bao: Person) -> None:
    before = package()
    forget_everything()
    [one] = bring(bao, bringing.read(before, "export.zip"), keep=True)
    assert (one.faults, one.missing) == ((), ())
    assert one.practice is not None
    assert one.practice.state == PracticeState.DRAFT
    after = tables(package(Practice.objects.all()))
    told = tables(before)
    for row in (*told["practices"], *after["practices"]):
        assert row.pop("published_at") or row["slug"] in {one["slug"] for one in after["practices"]}
    assert after == told
    assert told["practices"][0]["other_languages"] == "difficulties:km"


def test_a_package_says_the_same_bytes_and_describes_every_column(rich: Practice) -> None:
    content = package()
    assert content == package()
    with ZipFile(io.BytesIO(content)) as zipped:
        described = json.loads(zipped.read("datapackage.json"))
        for resource in described["resources"]:
            header = zipped.read(resource["path"]).decode("utf-8-sig").splitlines()[0]
            assert header.split(",") == [one["name"] for one in resource["schema"]["fields"]]
            assert all(one["description"] for one in resource["schema"]["fields"])
    assert [one["name"] for one in described["resources"]] == [one.name for one in TABLES]


def test_only_what_is_published_goes_out(draft: Practice, practice: Practice) -> None:
    assert [row["slug"] for row in tables(package())["practices"]] == [practice.slug]


def test_no_cell_is_run_as_a_formula(rich: Practice, adoption: Adoption) -> None:
    adoption.why = '=HYPERLINK("http://evil.example")'
    adoption.save()
    found = tables(package())
    cells = [cell for rows in found.values() for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r＝")]
    assert "'@office" in cells
    assert "''=Water office" in cells


def test_a_preview_keeps_nothing(bao: Person) -> None:
    entries = Entry.objects.count()
    [one] = try_csv(bao, HEADER + LINE)
    assert (one.title, one.faults, one.missing) == ("Night buses", (), ())
    assert not Practice.objects.exists()
    assert not Text.objects.filter(body__startswith="Buses").exists()
    assert Entry.objects.count() == entries


def test_a_row_with_something_wrong_is_left_out_whole_and_the_others_are_not(bao: Person) -> None:
    wrong = "2,northport,en,Day buses,,,,,dragons\n"
    first, second = try_csv(bao, HEADER + LINE + wrong, keep=True)
    assert first.practice is not None
    assert "dragons" in faults(second)["unknown"]
    assert second.line == 3
    assert Practice.objects.count() == 1


def test_the_same_row_twice_is_brought_in_once(bao: Person) -> None:
    first, second = try_csv(bao, HEADER + LINE + LINE, keep=True)
    assert first.practice is not None
    assert "title" in faults(second)
    [again] = try_csv(bao, HEADER + LINE, keep=True)
    assert "title" in faults(again)


def test_what_is_missing_before_it_is_public_is_told_and_does_not_stop_a_draft(bao: Person) -> None:
    [one] = try_csv(bao, "city,language,title\nNorthport,en,Night buses\n", keep=True)
    assert one.practice is not None
    assert len(one.missing) == 6
    assert any("difficult" in sentence for sentence in one.missing)


def test_an_unknown_city_is_named_beside_those_that_are_known(ana: Person, northport: City) -> None:
    [one] = try_csv(ana, HEADER + LINE.replace("northport", "atlantis"))
    assert "atlantis" in faults(one)["city"]
    assert "northport" in faults(one)["city"]


def test_wrong_types_are_told_all_at_once(bao: Person) -> None:
    text = "city,language,title,posts,started,status,contact_mailbox\nnorthport,en,Buses,many,05/2021,gone,nobody\n"
    [one] = try_csv(bao, text)
    assert set(faults(one)) == {"posts", "started", "status", "contact_mailbox"}


def test_an_officer_brings_in_for_their_city_only(bao: Person, eastbay: City, cem: Person) -> None:
    [one] = try_csv(bao, HEADER + LINE.replace("northport", "eastbay"))
    assert "city" in faults(one)
    [other] = try_csv(bao, "place,language,title\nSomewhere,en,Buses\n")
    assert other.faults
    with pytest.raises(NotAllowedError):
        try_csv(cem, HEADER + LINE)


def test_the_secretariat_imports_and_says_so(ana: Person, northport: City) -> None:
    [one] = try_csv(ana, "place,country,language,title,provenance,source\nPhuket,TH,en,Buses,city,A book\n", keep=True)
    assert one.practice is not None
    assert (one.practice.provenance, one.practice.place, one.practice.country) == (Provenance.IMPORT, "Phuket", "TH")


def test_a_language_that_is_not_named_is_recognised_and_told(bao: Person) -> None:
    [one] = try_csv(bao, "city,title,summary\nnorthport,ឡានក្រុងពេលយប់,គិលានុបដ្ឋាកត្រូវដើរទៅផ្ទះនៅពេលយប់\n")
    assert one.language == "km"
    assert "km" in one.notes[0]
    [short] = try_csv(bao, "city,title\nnorthport,Ok\n")
    assert "language" in faults(short)


THAI = "city,language,title,summary\nnorthport,th,รถเมล์กลางคืน,พยาบาลต้องเดินกลับบ้านตอนกลางคืนเพราะไม่มีรถ\n"
CHINESE = "city,language,title,summary\nnorthport,zh-hans,夜间公交车,护士们晚上不得不走路回家，因为没有公交车。\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (THAI, "utf-8"), (THAI, "utf-8-sig"), (THAI, "utf-16"), (THAI, "cp874"), (CHINESE, "gb18030"),
        (CHINESE, "utf-16"),
    ],
)  # fmt: skip
def test_encodings_of_spreadsheets_are_read(bao: Person, text: str, encoding: str) -> None:
    book = bringing.read(text.encode(encoding), "practices.csv")
    [one] = bring(bao, book, keep=True)
    assert one.practice is not None
    assert one.title in text
    assert bool(book.notes) == (encoding in {"cp874", "gb18030"})


@pytest.mark.parametrize(
    "content",
    [
        "city,language,title\nnorthport,vi,Xe buýt đêm\n".encode("cp1258", "replace"),
        "city,language,title\nnorthport,fr,Autobus de nuit à l'hôpital\n".encode("latin-1"),
        HEADER.encode("utf-16-le"),
        b"\xff\xfea",
        b"PK\x03\x04 no zip",
    ],
)
def test_letters_that_cannot_be_told_are_refused(content: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        bringing.read(content, "practices.csv")
    assert refused.value.field == "file"


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_read(bao: Person, delimiter: str) -> None:
    [one] = try_csv(bao, (HEADER + LINE).replace(",", delimiter))
    assert not one.faults
    [said] = try_csv(bao, f"sep={delimiter}\r\n" + (HEADER + LINE).replace(",", delimiter))
    assert (said.faults, said.line) == ((), 3)


def test_columns_that_nobody_knows_are_named() -> None:
    book = bringing.read((HEADER.strip() + ",colour\n" + LINE.strip() + ",red\n").encode(), "practices.csv")
    assert "colour" in book.notes[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("practices.pdf", b"%PDF"),
        ("practices.csv", b""),
        ("practices.csv", b"a,b\n1,2\n"),
        ("practices.csv", b"practice,amount,currency,kind\n1,2,USD,capital\n"),
        ("practices.csv", b"x" * (2 * 1024 * 1024 + 1)),
        ("practices.csv", (HEADER + '1,northport,en,"' + "x" * 300_000 + '"\n').encode()),
        ("practices.zip", b"PK\x03\x04 no zip"),
        ("practices.csv", (HEADER + LINE * 501).encode()),
    ],
)  # fmt: skip
def test_files_that_cannot_be_used_are_refused(name: str, content: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        bringing.read(content, name)
    assert refused.value.field == "file"


def test_a_bomb_is_not_unpacked() -> None:
    file = io.BytesIO()
    with ZipFile(file, "w", 8) as zipped:
        zipped.writestr("practices.csv", HEADER + " " * 40_000_000)
    with pytest.raises(RefusedError, match="30 MB"):
        bringing.read(file.getvalue(), "practices.zip")


def test_claims_without_a_source_stop_their_row(bao: Person) -> None:
    file = io.BytesIO()
    with ZipFile(file, "w") as zipped:
        zipped.writestr("practices.csv", HEADER + LINE)
        zipped.writestr(
            "costs.csv", "practice,kind,amount,currency,claimed_by,claimed_on\n1,capital,1.000,DOLLAR,Office,2020\n"
        )
        zipped.writestr("results.csv", "practice,indicator,value\n9,Floods,2\n")
    book = bringing.read(file.getvalue(), "x.zip")
    [one] = bring(bao, book, keep=True)
    assert {(fault.table, fault.line) for fault in one.faults} == {("costs", 2)}
    assert {"source", "currency"} <= set(faults(one))
    assert "2" in book.notes[0]
    assert not Cost.objects.exists()


def test_an_adoptions_numbers_are_for_the_adopting_city(practice: Practice, adoption: Adoption, bao: Person) -> None:
    Cost.objects.create(
        adoption=adoption,
        kind="capital",
        amount=5,
        currency="USD",
        claimed_by="Eastbay",
        source="x",
        claimed_on="2024",
    )
    content = package()
    assert [row["adopted_by"] for row in tables(content)["costs"]] == ["", "eastbay"]
    Adoption.objects.all().delete()
    forget_everything()
    [one] = bring(bao, bringing.read(content, "x.zip"), keep=True)
    assert one.practice is not None
    assert one.practice.costs.count() == 1
    assert "adoption" in " ".join(one.notes)
