"""Error pages: they say what happened and how to go on, and need no database."""

from __future__ import annotations

import re

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.views import defaults
from django.views.csrf import csrf_failure

pytestmark = pytest.mark.urls("tests.web.addresses")
PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]
# No test here may use the database: pytest-django refuses it, so that a page that asks for it fails.


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("name", PAGES)
def test_it_renders_without_database_or_request(name: str, language: str) -> None:
    with translation.override(language):
        page = render_to_string(name)
    assert f'<html lang="{language}"' in page
    assert page.count("<h1>") == 1
    assert re.search(r'<p class="actions"><a class="button primary" href="/', page)
    assert "<title>" in page
    assert "<title> ·" not in page


def answers(request: HttpRequest) -> list[tuple[HttpResponse, int]]:
    """What Django itself answers where no network has been read."""
    broken = ValueError("secret detail")
    return [
        (defaults.server_error(request), 500),
        (defaults.bad_request(request, broken), 400),
        (csrf_failure(request), 403),
    ]


def test_django_uses_them() -> None:
    for response, status in answers(RequestFactory().get("/")):
        page = response.content.decode()
        assert response.status_code == status
        assert "intercity.css" in page
        assert "secret detail" not in page


@pytest.mark.django_db
def test_pages_with_the_frame() -> None:
    request = RequestFactory().get("/dialogues/?a=1&b=2")
    missing = defaults.page_not_found(request, Http404("secret detail"))
    refused = defaults.permission_denied(request, PermissionError("Only the secretariat may <open> this."))
    assert (missing.status_code, refused.status_code) == (404, 403)
    assert "secret detail" not in missing.content.decode()
    assert "Only the secretariat may &lt;open&gt; this." in refused.content.decode()
    assert "next=%2Fdialogues%2F%3Fa%3D1%26b%3D2" in refused.content.decode()
