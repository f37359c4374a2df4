"""Sending to review, approving, returning, publishing: one step of one revision each."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from accounts.models import User
from assessments.api import operations
from assessments.api.cards import KEY_PARAMETER, SeesCards
from assessments.api.reading import read_words
from assessments.api.records import step_record
from assessments.api.refusals import as_problems, stale
from assessments.models import Card, Revision
from assessments.services.publication import publish_revision
from assessments.services.review import approve_revision, return_revision, submit_revision
from rest.callers import person_of
from rest.endpoints import Endpoint
from rest.problems import Problem


class CardStep(Endpoint, SeesCards):
    """Subclasses take the step, with the words that were sent along."""

    path_parameters = KEY_PARAMETER
    required_words: tuple[str, ...] = ()
    optional_words: tuple[str, ...] = ()

    def post(self, request: Request, **kwargs: Any) -> HttpResponse:
        card, by = self.card_to_change(), person_of(request)
        words = read_words(request.data, required=self.required_words, optional=self.optional_words)
        revision = self.meant(card)
        with as_problems(card, self.sight, is_conditional=bool(self.named)):
            self.take(revision, by, words)
        return self.json(step_record(revision))

    def meant(self, card: Card) -> Revision:
        """The revision that If-Match names, or the newest that is seen where it names none."""
        if "If-Match" not in self.request.headers:
            return self.seen
        rows = card.revisions.filter(content_hash__in=self.named)
        named: Revision | None = rows.order_by("-number").first()
        if named is None:
            raise stale(card, self.sight)
        return named

    def take(self, revision: Revision, by: User, words: Mapping[str, str]) -> None:
        raise NotImplementedError


class CardSubmit(CardStep):
    operations = operations.SUBMIT
    optional_words = ("note",)

    def take(self, revision: Revision, by: User, words: Mapping[str, str]) -> None:
        submit_revision(revision=revision, by=by, **words)


class CardApprove(CardStep):
    operations = operations.APPROVE
    optional_words = ("note", "override_reason")

    def take(self, revision: Revision, by: User, words: Mapping[str, str]) -> None:
        if not self.named:
            raise Problem(428, "Name what you read: send If-Match with the ETag of the card.")
        approve_revision(revision=revision, by=by, shown_hash=self.named[0], **words)


class CardReturn(CardStep):
    operations = operations.RETURN
    required_words = ("note",)

    def take(self, revision: Revision, by: User, words: Mapping[str, str]) -> None:
        return_revision(revision=revision, by=by, **words)


class CardPublish(CardStep):
    operations = operations.PUBLISH

    def take(self, revision: Revision, by: User, words: Mapping[str, str]) -> None:
        publish_revision(revision=revision, by=by)
