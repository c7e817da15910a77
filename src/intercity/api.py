"""The JSON door, /api/v1: what all its answers have in common. What there is to ask for is in the subjects' api.py."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Field, NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from intercity.cities.api import routers as cities
from intercity.dialogues.api import routers as dialogues
from intercity.languages.api import router as languages
from intercity.partnerships.api import routers as partnerships
from intercity.practices.api import routers as practices
from intercity.refusals import RefusedError

log = logging.getLogger("intercity.api")
View = Callable[..., HttpResponse]
PROBLEM = "application/problem+json"
TITLES = {
    400: gettext_lazy("The request cannot be read"),
    401: gettext_lazy("A token is needed"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("Not possible here"),
    409: gettext_lazy("Closed"),
    413: gettext_lazy("Too large"),
    422: gettext_lazy("Refused"),
    429: gettext_lazy("Too often"),
    500: gettext_lazy("A mistake on our side"),
}
NAMES = {
    400: "unreadable",
    401: "token",
    403: "not-allowed",
    404: "not-found",
    405: "method",
    409: "closed",
    413: "too-large",
    422: "refused",
    429: "too-often",
    500: "ours",
}


class Mistake(Schema):
    """One thing that is wrong with what was sent."""

    where: str = Field(description="`path`, `query`, `header` or `body`, and the name, with dots between.")
    detail: str


class Problem(Schema):
    """Why a request was not done (RFC 9457)."""

    type: str = Field(description="Which kind: `/api/v1/problems#` and a name.")
    title: str = Field(description="The kind in words, in the language that was asked for.")
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="What came, what is allowed, and what to do.")
    errors: list[Mistake] = Field(description="What is wrong with single inputs; empty where it is about the whole.")


def problem(status: int, detail: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """A refusal as problem+json."""
    known = status if status in NAMES else 400 if status < 500 else 500
    content = {
        "type": f"/api/v1/problems#{NAMES[known]}",
        "title": str(TITLES[known]),
        "status": status,
        "detail": detail,
        "errors": errors or [],
    }
    response = JsonResponse(content, status=status, content_type=PROBLEM)
    response["Cache-Control"] = "no-store"
    return response


def _refused(_request: HttpRequest, error: RefusedError) -> HttpResponse:
    errors = [{"where": f"body.{error.field}", "detail": str(error)}] if error.field else []
    return problem(422, str(error), errors)


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [{"where": ".".join(_place(one["loc"])), "detail": str(one["msg"])} for one in error.errors]
    told = "; ".join(f"{one['where']}: {one['detail']}" for one in errors)
    sentence = _("What came cannot be taken: %(told)s. Compare it with /api/v1/openapi.json.") % {"told": told}
    return problem(422, sentence, errors)


def _place(parts: Any) -> list[str]:
    """Where an input is, without the name that it has in our code."""
    return [str(part) for part in parts if part not in {"sent", "wanted", "chosen", "ninja_pagination"}]


def _not_allowed(_request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem(403, str(error) or _("You may not do this."))


def _missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(404, _("There is nothing at this address. Every address is in /api/v1/openapi.json."))


def _no_token(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    response = problem(
        401,
        _("No token came, or one that is unknown or too old. Join the dialogue; send “Authorization: Bearer …”."),
    )
    response["WWW-Authenticate"] = "Bearer"
    return response


def _too_often(_request: HttpRequest, error: Throttled) -> HttpResponse:
    seconds = error.wait or 60
    sentence = _("This was tried too often from one connection. Try again in %(minutes)d minutes.")
    response = problem(429, sentence % {"minutes": -(-seconds // 60)})
    response["Retry-After"] = str(seconds)
    return response


def _http(_request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 400:
        return problem(400, _("The body is no JSON that can be read. Send a JSON object in UTF-8."))
    return problem(error.status_code, str(error))


def _suspicious(_request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    if isinstance(error, RequestDataTooBig):
        return problem(413, _("The body is larger than 5 MB. Send less."))
    return problem(400, _("The request cannot be read. Compare it with /api/v1/openapi.json."))


def _ours(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("%s in %s", type(error).__name__, request.path, exc_info=error)
    return problem(500, _("Something went wrong on our side. Nothing is lost; try again, or tell the secretariat."))


HANDLERS: dict[type[Exception], Callable[..., HttpResponse]] = {
    Exception: _ours,
    Http404: _missing,
    HttpError: _http,
    AuthenticationError: _no_token,
    Throttled: _too_often,
    ValidationError: _invalid,
    PermissionDenied: _not_allowed,
    SuspiciousOperation: _suspicious,
    RefusedError: _refused,
}


class Api(NinjaAPI):
    """Ninja, with problem+json for every error, ETags, HEAD, and links to the next page."""

    def set_default_exception_handlers(self) -> None:
        """Ours instead of ninja's."""
        for kind, handler in HANDLERS.items():
            self.add_exception_handler(kind, handler)

    def create_response(self, request: HttpRequest, data: Any, **more: Any) -> HttpResponse:
        """With the next page as a link, too (RFC 8288)."""
        response = super().create_response(request, data, **more)
        if isinstance(data, dict) and data.keys() == {"items", "next"} and data["next"]:
            response["Link"] = f'<{data["next"]}>; rel="next"'
        return response

    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        """With the problems that every operation may answer with."""
        schema = super().get_openapi_schema(**more)
        schema["components"]["schemas"] |= {
            "Mistake": Mistake.json_schema(),
            "Problem": _refer(Problem.json_schema()),
        }
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
                for status in _problems_of(method, operation):
                    said = str(TITLES[int(status)]) if status != "default" else "Any other problem"
                    operation["responses"][status] = {"description": said, "content": content}
        return schema

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function: short, and unique among all subjects (tested)."""
        return operation.view_func.__name__

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        """Every address through one door, and one for whatever is not there."""
        found = [one for one in super()._get_urls() if isinstance(one, URLPattern)]
        for one in found:
            one.callback = _door(self, one.callback)
        return [*found, path("<path:rest>", _door(self, _nothing), name="nothing")]


def _refer(schema: dict[str, Any]) -> dict[str, Any]:
    """The same without definitions of its own, which stand beside it."""
    schema.pop("$defs", None)
    schema["properties"]["errors"]["items"] = {"$ref": "#/components/schemas/Mistake"}
    return schema


def _problems_of(method: str, operation: dict[str, Any]) -> list[str]:
    """The statuses of the problems that an operation may answer with."""
    found = ["404"]
    if operation.get("parameters") or "requestBody" in operation:
        found += ["422"]
    if "security" in operation:
        found += ["401", "403", "409"]
    if method == "post" and "security" not in operation:
        found += ["403", "409", "429"]
    if "requestBody" in operation:
        found += ["400"]
    return [*sorted(found), "default"]


def _nothing(_request: HttpRequest, **_more: Any) -> HttpResponse:
    raise Http404


def _door(owner: NinjaAPI, view: View) -> View:
    """What every address has: errors as problems, HEAD, ETag, and who may read it from elsewhere."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked
        try:
            response = view(request, *args, **more)
        except Exception as error:
            response = owner.on_exception(request, error)
        finally:
            request.method = asked
        if response.status_code == 405:
            response = _wrong_method(request, response["Allow"])
        return _read_from_anywhere(request, response) if asked in {"GET", "HEAD"} else _fresh(response)

    opened.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie is looked at
    return opened


def _wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    sentence = _("%(came)s came; %(allowed)s is allowed here.") % {"came": request.method, "allowed": allowed}
    response = problem(405, sentence)
    response["Allow"] = allowed
    return response


def _fresh(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def _read_from_anywhere(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Public data may be read by pages of anybody; what needs a token is for the program that has it."""
    if getattr(request, "auth", None) is not None:
        response["Cache-Control"] = "private, no-cache"
        response["Vary"] = "Authorization"
    else:
        response["Access-Control-Allow-Origin"] = "*"
        response.headers.setdefault("Cache-Control", "no-cache")
    if response.status_code != 200:
        return response
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return response if answer is None else _with_headers(answer, response)


def _with_headers(answer: HttpResponse, response: HttpResponse) -> HttpResponse:
    """Not modified, or 412: with the headers that the whole answer would have had."""
    for name in ("ETag", "Access-Control-Allow-Origin", "Cache-Control", "Vary"):
        if name in response:
            answer[name] = response[name]
    return answer


class ProblemKind(Schema):
    """A kind of problem."""

    type: str
    title: str
    status: int = Field(ge=400, le=599)


api = Api(
    title="Intercity",
    version="1",
    description=(
        "What a network of cities asks, what people say and vote, and what comes of it. Reading needs no account. "
        "Lists come in pages: follow `next`. Every answer to a GET has an ETag. Times are UTC."
    ),
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)
api.add_router("", languages)
for _router in (*cities, *dialogues, *practices, *partnerships):
    api.add_router("", _router)


@api.get("/problems", response=list[ProblemKind], tags=["Problems"], summary="Kinds of problems")
def problems(request: HttpRequest) -> list[ProblemKind]:
    """Every kind of problem by which a request can fail."""
    return [ProblemKind(type=f"/api/v1/problems#{NAMES[one]}", title=str(TITLES[one]), status=one) for one in NAMES]
