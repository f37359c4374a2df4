"""Exceptions of every layer below as problems."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework.exceptions import APIException

from intake.errors import IntakeError
from record.errors import Conflict, DomainError, NotAllowed
from rest.problems import Fault, Problem, problem_response


def problem_of(error: Exception, request: HttpRequest) -> Problem | None:
    """The problem that the exception means, or None for a failure of ours."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, DomainError):
        return _of_domain(error, request)
    if isinstance(error, IntakeError):
        return Problem(422, error.message)
    return _of_framework(error)


def _of_domain(error: DomainError, request: HttpRequest) -> Problem:
    if isinstance(error, NotAllowed):
        return Problem(403, error.message)
    if isinstance(error, Conflict):
        return Problem(412 if "If-Match" in request.headers else 409, error.message)
    return Problem(422, error.message, faults=faults_of(error))


def faults_of(error: DomainError) -> tuple[Fault, ...]:
    if not error.field:
        return ()
    return (Fault(f"#/{error.field.replace('.', '/')}", "refused", error.message),)


def _of_framework(error: Exception) -> Problem | None:
    """What a framework raises by itself, in our words."""
    if isinstance(error, Http404):
        return Problem(404)
    if isinstance(error, PermissionDenied):
        return Problem(403, str(error))
    return Problem(error.status_code) if isinstance(error, APIException) else None


def refused(error: Exception, request: HttpRequest) -> HttpResponse | None:
    """The answer to the exception; None leaves it to the page for failures."""
    problem = problem_of(error, request)
    return problem_response(request, problem) if problem else None
