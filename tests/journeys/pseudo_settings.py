"""Settings of an installation whose English is the pseudo-language of `tests.journeys.pseudo`."""

from __future__ import annotations

import os
from pathlib import Path

from intercity.settings import *  # noqa: F403

LOCALE_PATHS = [Path(os.environ["PSEUDO_LOCALE"])]
