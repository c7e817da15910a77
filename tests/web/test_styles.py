"""The stylesheet keeps its promises: small, legible in both modes, fit for every script."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "src" / "intercity" / "web" / "static" / "web"
SHEET = (STATIC / "intercity.css").read_text()
HEAD, REST = SHEET.split("*/", 1)
RULES = re.sub(r"/\*.*?\*/", "", REST, flags=re.S)
SCRIPTS = ("th", "lo", "km", "my")
TEXT, GRAPHIC = 4.5, 3.0
PAIRS = [
    *[
        (text, ground, TEXT)
        for text in ("ink", "soft", "brand", "danger", "disagree")
        for ground in ("paper", "surface")
    ],
    *[("ink", ground, TEXT) for ground in ("tint", "disagree-tint", "danger-tint", "warning-tint")],
    *[(name, f"{name}-tint", TEXT) for name in ("disagree", "danger", "warning")],
    *[("brand", "tint", TEXT), ("on-brand", "brand", TEXT), ("surface", "disagree", TEXT), ("surface", "ink", TEXT)],
    *[(group, "surface", TEXT) for group in "abcde"],
    *[(line, ground, GRAPHIC) for line in ("edge", "focus", "brand") for ground in ("paper", "surface")],
    ("focus", "tint", GRAPHIC),
]


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})\b", block))


ROOTS = [_colours(block) for block in re.findall(r":root \{(.*?)\}", RULES, flags=re.S)]
MODES = {"light": ROOTS[0], "dark": ROOTS[0] | ROOTS[1], "paper": ROOTS[0] | ROOTS[2]}


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of the Web Content Accessibility Guidelines."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_published() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
def test_colours_can_be_read(mode: str) -> None:
    colours = MODES[mode]
    weak = [
        f"{one} on {other}: {found:.2f}, {least} is needed"
        for one, other, least in PAIRS
        if (found := contrast(colours[one], colours[other])) < least
    ]
    assert not weak


def test_the_stylesheet_is_small() -> None:
    assert len(gzip.compress(SHEET.encode(), 9)) <= 6.2 * 1024


def test_the_script_is_small() -> None:
    assert len(gzip.compress((STATIC / "voting.js").read_bytes(), 9)) <= 2 * 1024


def test_every_documented_class_has_a_rule() -> None:
    documented = set(re.findall(r"\.([a-z][a-z0-9-]*)", HEAD.replace("…", "")))
    assert len(documented) > 50
    assert not {name for name in documented if not re.search(rf"\.{name}(?![\w-])", RULES)}


def test_every_class_is_documented() -> None:
    used = set(re.findall(r"\.([a-z][a-z-]*[a-z0-9]*)(?=[^\w-])", re.sub(r'"[^"]*"', "", RULES)))
    inner = {"end", "done", "range", "value", "yes", "no"}  # parts of a component, written by its include
    assert (
        not used
        - inner
        - set(re.findall(r"\.([a-z][a-z0-9-]*)", HEAD.replace("h1 … .h5", "h1 .h2 .h4 .h5")))
        - {f"group-{letter}" for letter in "abcde"}
    )


def _declarations(name: str) -> set[str]:
    return set(re.findall(rf"(?<![\w-]){name}: ([^;}}]+)", RULES))


def test_no_script_is_spread_slanted_or_raised() -> None:
    assert _declarations("letter-spacing") <= {"normal", "normal "}
    assert _declarations("font-style") <= {"normal", "normal "}
    assert {value.strip() for value in _declarations("text-transform")} <= {"none"}
    assert "italic" not in RULES
    assert "uppercase" not in RULES


@pytest.mark.parametrize("language", SCRIPTS)
def test_stacked_signs_have_room(language: str) -> None:
    rules = re.findall(rf"([^{{}}]*):lang\({language}\)([^{{}}]*)\{{([^{{}}]*)\}}", RULES)
    assert any("font-family" in body for *_, body in rules)
    heights = [float(found) for *_, body in rules for found in re.findall(r"line-height: ([\d.]+)", body)]
    assert heights
    assert min(heights) >= 1.7


def test_no_class_makes_lines_of_these_scripts_tighter() -> None:
    """Language rules come last, and no other rule is more specific about the height of lines."""
    before, _, after = RULES.partition(":lang(zh)")
    assert "!important" not in "".join(re.findall(r"line-height[^;}]*", before))
    assert after
    tight = [
        selector.strip()
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", before)
        if (height := re.search(r"line-height: ([\d.]+)", body)) and float(height[1]) < 1.7
        for part in selector.split(",")
        if len(re.findall(r"[.:\[]", re.sub(r"::\w+", "", part))) > 1
    ]
    assert not tight


def test_touch_targets() -> None:
    assert "--touch: 2.75rem" in RULES
    heights = re.findall(r"\.(?:vote|pass) \{[^}]*min-block-size: ([\d.]+)rem", RULES)
    assert len(heights) == 2
    assert all(float(height) * 16 >= 48 for height in heights)


@pytest.mark.parametrize(
    "needed", ["prefers-color-scheme: dark", "prefers-reduced-motion", "@media print", "size: A4"]
)
def test_every_way_of_looking_is_served(needed: str) -> None:
    assert needed in RULES


def test_directions_of_writing_are_logical() -> None:
    physical = r"(?<![\w-])((?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height): "
    assert not re.findall(physical, RULES)
    assert "text-align: left" not in RULES
