"""Settings of the installation, one file."""

SECRET_KEY = "only-templates-and-translations-are-used-so-far"  # noqa: S105 - signs nothing yet
INSTALLED_APPS = ["intercity.dialogues"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
USE_I18N = True
USE_TZ = True
LANGUAGE_CODE = "en"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
