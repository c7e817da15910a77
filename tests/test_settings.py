"""Settings: a wrong value is refused by name, a secret is never shown, and production is as safe as it says."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client

PROGRAM = """
import json, django; django.setup()
from django.conf import settings
names = ("SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "DEBUG")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


KEY = "import django; django.setup()\nfrom django.conf import settings; print(settings.SECRET_KEY)"


def load(tmp_path: Path, program: str = PROGRAM, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INTERCITY_")}
    own = {"INTERCITY_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "intercity.settings"}
    environment = {**kept, **own, **{f"INTERCITY_{name}": value for name, value in variables.items()}}
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("HTTPS", "maybe", "yes or no"),
        ("BEHIND_PROXY", "1", "yes or no"),
        ("TOGETHER", "2", "from 3 to 100"),
        ("TOGETHER", "five", "from 3 to 100"),
        ("MAIL", "http://mail", "smtp://"),
        ("ENCODER", "/nowhere", "a folder"),
        ("DATABASE", "mysql://root:secret-word@db/x", "postgres://"),
    ],
)
def test_a_wrong_value_is_refused_by_name(tmp_path: Path, name: str, value: str, allowed: str) -> None:
    found = load(tmp_path, **{"ENCODER_LANGUAGES": "en", name: value})
    assert found.returncode != 0
    assert f"INTERCITY_{name}" in found.stderr
    assert allowed in found.stderr
    assert "secret-word" not in found.stderr


def test_the_languages_of_an_encoder_are_asked_for(tmp_path: Path) -> None:
    found = load(tmp_path, ENCODER=str(tmp_path))
    assert "INTERCITY_ENCODER_LANGUAGES" in found.stderr


def test_a_short_secret_is_refused_and_not_repeated(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        "import django; django.setup()\nfrom django.conf import settings; str(settings.SECRET_KEY)",
        SECRET_KEY="too-short",
    )
    assert found.returncode != 0
    assert "INTERCITY_SECRET_KEY" in found.stderr
    assert "too-short" not in found.stderr


def test_the_key_is_made_once_and_for_us_alone(tmp_path: Path) -> None:
    assert load(tmp_path, KEY).stdout == load(tmp_path, KEY).stdout != "\n"
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_behind_tls_everything_is_secure(tmp_path: Path) -> None:
    found = load(tmp_path, HTTPS="yes", HOSTS="cities.example.org")
    assert found.stdout.count("true") == 3
    assert '"SECURE_HSTS_SECONDS": 31536000' in found.stdout
    assert '"DEBUG": false' in found.stdout


def test_passwords_are_hashed_by_argon2() -> None:
    # The module itself: tests use a cheaper one.
    hashers = import_module("intercity.settings").PASSWORD_HASHERS
    assert hashers == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.mark.usefixtures("db")
def test_every_answer_forbids_strangers_code() -> None:
    headers = Client().get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.usefixtures("db")
def test_healthz_answers() -> None:
    assert Client().get("/healthz").content == b"ok\n"
