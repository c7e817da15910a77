"""A real installation of its own: a data folder, the real server, the real worker, each ended by its process id."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

PATIENCE = 60.0


@dataclass
class Installation:
    """An installation in a folder; `database` and `mail` are addresses as the settings of these names take them."""

    folder: Path
    database: str = ""
    pythonpath: Path = Path(__file__).parents[2]
    port: int = 0
    mail: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        own = {"INTERCITY_DATA": str(self.folder), "PYTHONWARNINGS": "ignore", "PYTHONPATH": str(self.pythonpath)}
        if self.database:
            own["INTERCITY_DATABASE"] = self.database
        if self.mail:
            own["INTERCITY_MAIL"] = self.mail
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("INTERCITY_", "PYTEST_"))}
        return {**kept, **own}

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str) -> str:
        """Call `intercity` and return what it printed."""
        command = [sys.executable, "-m", "intercity", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def python(self, program: str) -> str:
        """Run a program with Django set up."""
        lines = f"import django; django.setup()\n{program}"
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "intercity.settings"}
        done = subprocess.run(
            [sys.executable, "-c", lines], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start `intercity` with arguments, in a group of processes of its own."""
        command = [sys.executable, "-m", "intercity", *arguments]
        process = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self.processes.append(process)
        return process

    def serve(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the server and wait until it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        process = self.start("serve", "--port", str(self.port), *arguments)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert process.poll() is None, "the server ended"
            try:
                if urllib.request.urlopen(f"{self.address}/healthz", timeout=2).read() == b"ok\n":
                    return process
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not answer in time")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """kill -9 a process and all that it started."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End everything that is still running."""
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    self.kill(process)


class Visitor:
    """A browser without JavaScript: cookies, forms, and nothing else."""

    def __init__(self, address: str) -> None:
        """A visitor who has not been here before."""
        self.address = address
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.page = ""

    def get(self, path: str) -> str:
        """Open a page."""
        self.page = self.browser.open(self.address + path, timeout=60).read().decode()
        return self.page

    def post(self, path: str, **fields: object) -> int:
        """Send a form with the token of the last page; returns the status and keeps the page that came."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        body = urlencode({"csrfmiddlewaretoken": token[1] if token else "", **fields}).encode()
        try:
            answer = self.browser.open(self.address + path, body, timeout=60)
        except urllib.error.HTTPError as error:
            return error.code
        self.page = answer.read().decode()
        return int(answer.status)

    def field(self, name: str) -> str:
        """The value of a hidden field on the page."""
        found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', self.page)
        assert found, f"no field {name}"
        return found[1]
