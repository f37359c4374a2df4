"""Technologies, for programs that set up a house of their own."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from assessments.api.card_shapes import technology_facts
from assessments.api.faults import faults_of_fields, refusal
from assessments.services.technologies import Facts, create_technology, facts_of
from assessments.values.fields import FieldProblem, Fields
from assessments.values.parts import read_technology
from record.errors import DomainError, NotAllowed
from rest.bodies import json_bytes
from rest.callers import person_of
from rest.operations import Answered, Operation
from rest.problems import Fault, Problem
from rest.shapes import TEXT, Shape, list_of, named, or_null

FACTS = Shape(
    "TechnologyFacts",
    {
        "slug": TEXT,
        "name": TEXT,
        "aliases": list_of(TEXT),
        "domains": list_of(TEXT),
        "variant_of": or_null(TEXT),
    },
    "What is known of a technology apart from any card.",
    {
        "slug": "tidal-stream-power",
        "name": "Tidal stream power",
        "aliases": ["Tidal turbines"],
        "domains": ["Energy"],
        "variant_of": None,
    },
)
START_TECHNOLOGY = Operation(
    id="startTechnology",
    tag="Technologies",
    summary="Begin a technology",
    description="Readers see it once a card of it is published. The slug stays for ever. A domain"
    " that is new is made; none leaves the technology unsorted.",
    body=named("SentTechnology", technology_facts()),
    body_example=FACTS.example,
    answers={201: Answered("The facts as they are kept.", FACTS, headers=("Location",))},
    refusals=(409,),
)


class StartsTechnologies:
    """The part of the list of technologies that writes."""

    def post(self, request: Request, **kwargs: Any) -> HttpResponse:
        facts = read_facts(request.data)
        try:
            technology = create_technology(facts=facts, by=person_of(request))
        except NotAllowed:
            raise
        except DomainError as error:
            faults = [Fault(f"#/{error.field}", "refused", error.message)] if error.field else []
            raise Problem(409, error.message, faults=faults) from error
        body = json_bytes(facts_of(technology))
        response = HttpResponse(body, status=201, content_type="application/json")
        address = reverse("api:technology-detail", kwargs={"slug": technology.slug})
        response["Location"] = request.build_absolute_uri(address)
        return response


def read_facts(body: object) -> Facts:
    """The facts that were sent, or 422 with all that is wrong in them."""
    problems: list[FieldProblem] = []
    sent = read_technology(Fields(body, "", problems))
    if problems:
        raise refusal(faults_of_fields(problems))
    return Facts(
        slug=sent.slug,
        name=sent.name,
        aliases=sent.aliases,
        domains=sent.domains,
        variant_of=sent.variant_of,
    )
