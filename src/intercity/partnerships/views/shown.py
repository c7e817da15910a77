"""What the pages of cooperation share: doing an action, and showing a form again with nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.formats import localize

from intercity.practices.actions.checking import ConflictError
from intercity.practices.forms.choices import answered
from intercity.practices.views.written import put_beside, sent, show
from intercity.refusals import RefusedError

__all__ = ["attempt", "sent", "show"]


def attempt(act: Callable[[], object], *shown: forms.Form) -> bool:
    """Whether an action was done; why not stands beside the input that it is about.

    Where somebody changed the same meanwhile, the first form has what stands there now as `meanwhile`, and is sent
    over that version the next time.
    """
    try:
        act()
    except ConflictError as error:
        form: Any = shown[0]
        form.add_error(None, str(error))
        form.data = answered(form.data, version=str(error.version))
        form.meanwhile = [(one.label, *_stands(one.before)) for one in error.differences]
        return False
    except RefusedError as error:
        put_beside(shown, error)
        return False
    return True


def _stands(value: Any) -> tuple[str, str]:
    """What stands there now, as people read it, and its language where it is somebody's words."""
    match value:
        case (str() as language, str() as body):
            return body, language
        case {"language": str() as language, "body": str() as body}:
            return body, language
        case list():
            return " · ".join(_stands(one)[0] for one in value), ""
        case dict():
            return " · ".join(str(one) for one in value.values() if one), ""
    return ("" if value is None else str(localize(value))), ""
