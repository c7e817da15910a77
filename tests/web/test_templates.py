"""Templates of the whole package: nothing inline, nothing from third parties, only classes that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "intercity"
SHEET = (SOURCE / "web" / "static" / "web" / "intercity.css").read_text()
ALONE = {"report.html", "report_section.html", "report_line.html", "report_map.html", "report_sign.html"}
"""The report that `intercity analyse` writes is one file that stands by itself, with its style inside."""
TEMPLATES = sorted(
    path
    for path in SOURCE.glob("*/templates/**/*")
    if path.suffix in {".html", ".svg", ".txt"} and not (path.parent.name == "dialogues" and path.name in ALONE)
)
STATIC = sorted(path for path in SOURCE.glob("*/static/**/*") if path.suffix in {".css", ".js", ".svg", ".html"})
INLINE = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "a script in the page": r"<script(?![^>]*\ssrc=)",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "an address that is a script": r"javascript:",
}
ELSEWHERE = r"""["']?\s*(?:https?:)?//"""
FOREIGN = rf"""(?:src|href|action|srcset|poster)\s*=\s*{ELSEWHERE}|url\(\s*{ELSEWHERE}|@import|fetch\(\s*{ELSEWHERE}"""


def _name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("what", INLINE)
def test_nothing_is_inline(what: str) -> None:
    assert not [_name(path) for path in TEMPLATES if re.search(INLINE[what], path.read_text(), flags=re.I)]


@pytest.mark.parametrize(
    ("text", "what"), [('<p style="a">', "a style attribute"), ("<script>", "a script in the page")]
)
def test_what_is_inline_would_be_found(text: str, what: str) -> None:
    assert re.search(INLINE[what], text)


def test_nothing_comes_from_third_parties() -> None:
    """A link that a person may follow is no request; a page may show it only as an `a` element."""
    found = {}
    for path in [*TEMPLATES, *STATIC]:
        text = re.sub(r"<a\b[^>]*>", "", path.read_text())
        if requests := re.findall(FOREIGN, text):
            found[_name(path)] = requests
    assert not found


def test_every_class_has_a_rule() -> None:
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", SHEET)) | {"h3"}
    unknown = {}
    for path in TEMPLATES:
        plain = re.sub(r"{%.*?%}|{#.*?#}", " ", path.read_text())
        names = {
            name for found in re.findall(r'\sclass="([^"]*)"', plain) for name in found.split() if "{" not in name
        }
        names = {name for name in names if re.fullmatch(r"[a-z][\w-]*[a-z0-9]", name)}
        if names - known:
            unknown[_name(path)] = sorted(names - known)
    assert not unknown


def test_pages_extend_the_frame() -> None:
    """A page with its own document element would miss the language, the way out and the skip link."""
    assert [_name(path) for path in TEMPLATES if "<html" in path.read_text()] == ["web/templates/web/frame.html"]
