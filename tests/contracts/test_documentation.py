"""What the documentation says is there is there, and what is there is documented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from intercity.cli import main
from intercity.core.opinion import Parameters
from intercity.dialogues.results import compute_result
from intercity.dialogues.simulation import simulated_dialogue

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, open_pages = set(), [ROOT / "README.md"]
    while open_pages:
        page = open_pages.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        links = re.findall(r"\]\(([^)#\s:]+)[^)]*\)", page.read_text(encoding="utf-8"))
        open_pages += [(page.parent / target).resolve() for target in links]
    assert set(PAGES) <= reached


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_and_option_is_documented(command: str) -> None:
    text = (DOCS / "command-line.md").read_text(encoding="utf-8")
    section = text.partition(f"## intercity {command}\n")[2].partition("\n## ")[0]
    assert section, f"no section for {command}"
    for parameter in main.commands[command].params:
        names = parameter.opts if isinstance(parameter, click.Option) else [str(parameter.name).upper()]
        assert any(f"`{name}" in section for name in names), f"{command} {parameter.name}"


def test_every_make_target_is_documented() -> None:
    targets = re.findall(r"(?m)^([a-z]+):.*## ", (ROOT / "Makefile").read_text())
    text = (ROOT / "README.md").read_text() + (ROOT / "CONTRIBUTING.md").read_text()
    assert {name for name in targets if f"make {name}" not in text} == set()


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _names(item)
    elif isinstance(value, list):
        for item in value:
            yield from _names(item)


@pytest.mark.parametrize("recipe", ["intercity", "polis"])
def test_every_field_of_a_result_is_documented(recipe: str) -> None:
    document = compute_result(
        simulated_dialogue(people=300), recipe=recipe, parameters=Parameters(resamples=3)
    ).document
    told = set(re.findall(r"`([a-z0-9_]+)`", (DOCS / "result-format.md").read_text(encoding="utf-8")))
    free = {*document["input"]["cities"], "A", "B", "C", "D", "E"} | {str(number) for number in range(9)}
    assert set(_names(document)) - free <= told


def test_every_parameter_is_documented() -> None:
    text = (DOCS / "result-format.md").read_text(encoding="utf-8")
    assert not [name for name in Parameters.__dataclass_fields__ if f"`{name}`" not in text]


def test_every_runtime_dependency_beyond_the_design_has_a_decision() -> None:
    designed = {
        "babel",
        "click",
        "django",
        "django-allauth",
        "django-ninja",
        "gunicorn",
        "numpy",
        "scipy",
        "whitenoise",
    }
    needed = (ROOT / "pyproject.toml").read_text().partition("[project.optional")[0]
    named = set(re.findall(r'(?m)^    "([a-z0-9-]+)', needed))
    decisions = " ".join(path.read_text(encoding="utf-8") for path in (DOCS / "decisions").glob("*.md"))
    assert named >= designed
    assert not [name for name in named - designed if name not in decisions]


def test_every_setting_is_documented() -> None:
    code = (ROOT / "src" / "intercity" / "settings.py").read_text()
    names = set(re.findall(r'_(?:variable|yes)\("([A-Z_]+)"', code))
    told = (DOCS / "for-an-operator.md").read_text(encoding="utf-8")
    assert len(names) > 8
    assert not [name for name in names if f"`INTERCITY_{name}`" not in told]


def test_every_method_page_names_code_that_exists() -> None:
    for page in (DOCS / "methods").glob("*.md"):
        for path in re.findall(r"`(src/[^`]+)`", page.read_text(encoding="utf-8")):
            assert (ROOT / path).exists(), f"{page.name}: {path}"
