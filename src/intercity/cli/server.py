"""The production server: gunicorn for pages, and a process beside it for duties."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

THREADS = 8
LONGEST = 60
"""Seconds after which a request is given up."""


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn with our options instead of its own command line."""

    def __init__(self, options: dict[str, Any], ready: Callable[[], None]) -> None:
        """Keep the options, and what to do once it listens."""
        self.options, self.ready = options, ready
        super().__init__()

    def load_config(self) -> None:
        """Hand the options over."""
        for name, value in self.options.items():
            self.cfg.set(name, value)
        self.cfg.set("when_ready", lambda _server: self.ready())

    def load(self) -> Any:
        """The application, in each process."""
        return get_wsgi_application()


def serve(
    host: str, port: int, *, processes: int | None = None, work: bool = True, ready: Callable[[], None] | None = None
) -> None:
    """Prepare the database and static files, then answer until stopped; `ready` is called once it listens."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    options = {
        "bind": f"{host}:{port}",
        "workers": processes or (1 if on_sqlite else 2),
        "worker_class": "gthread",
        "threads": THREADS,
        "timeout": LONGEST,
        "proc_name": "intercity",
        "control_socket_disable": True,
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "warning",
    }
    with _worker(work):
        Server(options, ready or (lambda: print(f"Serving at http://{host}:{port}/", flush=True))).run()  # noqa: T201


@contextmanager
def _worker(wanted: bool) -> Iterator[None]:
    """A process for the duties, ended with the server."""
    if not wanted:
        yield
        return
    worker = subprocess.Popen([sys.executable, "-m", "intercity", "work"])
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()
