"""The demonstration is built once for all tests of a file, and taken back after them: building takes seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

Building = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def for_all_tests(django_db_setup: None, django_db_blocker: Any) -> Building:
    """A context in which something is built for all tests of a file; each test changes only what is its own.

    Hashing passwords well would take most of the time.
    """

    @contextmanager
    def building() -> Iterator[None]:
        with (
            django_db_blocker.unblock(),
            override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]),
            transaction.atomic(),
        ):
            yield
            transaction.set_rollback(True)

    return building
