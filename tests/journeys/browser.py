"""Debian's Chromium: `python -m tests.journeys.browser` installs it where that is possible, and says so where not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
ABSENT = f"needs {CHROMIUM}, which is not here (Debian: apt-get install chromium)"
OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
LONGEST = 300
"""Seconds after which one step of the installation is given up: tests must not wait for a slow mirror."""


def install() -> str:
    """Install Chromium where it is absent and we may; returns one line about what came of it."""
    if CHROMIUM.exists():
        return f"{CHROMIUM} is here."
    program = shutil.which("apt-get")
    if program is None or os.geteuid() != 0:
        return f"The journeys are skipped: each {ABSENT}."
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        command = [program, "-qq", "-o", "Acquire::Retries=2", *step]
        try:
            done = subprocess.run(
                command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=LONGEST, check=False
            )
        except subprocess.TimeoutExpired:
            break
        if done.returncode:
            break
    return "Chromium was installed from Debian." if CHROMIUM.exists() else f"The journeys are skipped: each {ABSENT}."


if __name__ == "__main__":
    sys.stdout.write(install() + "\n")
