"""However much is told, a practice is two pages of A4, in every script: counted in Chromium's PDF."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import sync_playwright
from tests import cast
from tests.journeys.browser import ABSENT, CHROMIUM, OPTIONS

from intercity.languages.actions import write_text
from intercity.practices.models import Adoption, Partner, Practice, PracticeField, PracticeWords, Result

SOURCE = Path(__file__).parents[2] / "src" / "intercity"
SHEETS = [SOURCE / "web/static/web/intercity.css", SOURCE / "practices/static/practices/print.css"]
SENTENCES = {
    "en": "The city dug forty gardens beside the road, each as long as a lorry. ",
    "lo": "ຕະຫຼາດນີ້ຖືກນ້ຳຖ້ວມແປດເທື່ອຕໍ່ປີ ແລະ ຮ້ານຄ້າເສຍສິນຄ້າ. ",
    "zh-hans": "这个市场每年被水淹八次，商贩损失了货物。",
    "my": "ဈေးသည် တစ်နှစ်လျှင် ရှစ်ကြိမ် ရေကြီးပြီး ဆိုင်များ ပစ္စည်းဆုံးရှုံးသည်။ ",
    "ta": "சந்தை ஆண்டுக்கு எட்டு முறை வெள்ளத்தில் மூழ்கியது, கடைகள் பொருட்களை இழந்தன. ",
}


def fill(practice: Practice, language: str) -> None:
    """Tell as much as fits into the record under every heading, with many claims, adoptions and partners."""
    PracticeWords.objects.filter(practice=practice).delete()
    for field in PracticeField:
        length = {"title": 120, "summary": 1500}.get(field, 4000)
        body = (SENTENCES[language] * 100)[:length]
        PracticeWords.objects.create(practice=practice, field=field, text=write_text(language, body))
    claim = {
        "claimed_by": "Office of water and roads",
        "source": "https://example.org/" + "a" * 80,
        "claimed_on": "2021",
    }
    for number in range(8):
        for value in ("1", "2", "3", "4"):
            Result.objects.create(
                practice=practice, indicator=f"What was counted, number {number}", value=value, baseline="9", **claim
            )
        cost = practice.costs.all()[0]
        cost.pk, cost.basis = None, "everything that was needed, in one year"
        cost.save()
        Partner.objects.create(practice=practice, name=f"Partner {number}", role="lead")
        Adoption.objects.create(practice=practice, from_city=practice.city, to_city=cast.member(f"City{number}"))


def pages(html: str) -> int:
    """Pages of the PDF that Chromium makes of a page with its styles."""
    styles = "".join(f"<style>{sheet.read_text()}</style>" for sheet in SHEETS)
    html = re.sub(r"<link[^>]*>", "", html).replace("</head>", f"{styles}</head>")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=OPTIONS)
        page = browser.new_page()
        page.set_content(html)
        pdf = page.pdf(prefer_css_page_size=True)
        browser.close()
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


@pytest.mark.skipif(not CHROMIUM.exists(), reason=ABSENT)
@pytest.mark.parametrize("language", SENTENCES)
def test_a_full_practice_is_two_pages(client: Client, practice: Practice, language: str) -> None:
    fill(practice, language)
    client.cookies["django_language"] = language
    assert pages(client.get(f"/practices/{practice.slug}/print/").content.decode()) == 2


@pytest.mark.skipif(not CHROMIUM.exists(), reason=ABSENT)
def test_pages_are_counted(client: Client, practice: Practice) -> None:
    said = client.get(f"/practices/{practice.slug}/print/").content.decode()
    assert pages(said) == 1
    assert pages(said.replace("<article>", "<article>" + "<p>A further line.</p>" * 400)) > 2
