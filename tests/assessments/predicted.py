"""Small builders: a prediction's parts, and the way to a published one."""

import datetime
from typing import Any

from accounts.models import User
from assessments.models import Prediction, Technology
from assessments.services.prediction_steps import publish_prediction
from assessments.services.predictions import PredictionDraft, make_prediction
from assessments.services.technologies import Facts, create_technology
from assessments.values.prediction import Kind, parse_spec
from tests.assessments import factories

DEADLINE = datetime.date(2030, 12, 31)


def spec_json(**changes: Any) -> dict[str, Any]:
    """An event that a named office reports on."""
    return {
        "deadline": DEADLINE.isoformat(),
        "reads_on": "2031-03-31",
        "event": "A photonic chip is on sale at three vendors",
        "publisher": "The vendors",
        "resolution_rule": "Three price lists that anybody can order from, kept as evidence.",
    } | changes


def measured_json(**changes: Any) -> dict[str, Any]:
    """A measure in words that has to reach 120."""
    return {
        "deadline": DEADLINE.isoformat(),
        "reads_on": "2031-06-30",
        "metric": "Output per hour",
        "unit": "index, 2022 = 100",
        "comparator": "at least",
        "threshold": "120",
        "geography": "OECD",
        "publisher": "OECD",
        "resolution_rule": "The figure of 2030 in the table of the OECD.",
    } | changes


def technology(slug: str = "edge-ai") -> Technology:
    found: Technology | None = Technology.objects.filter(slug=slug).first()
    by = factories.person("anna")
    facts = Facts(slug=slug, name=slug.replace("-", " ").capitalize(), domains=("AI",))
    return found or create_technology(facts=facts, by=by)


def made(
    parts: dict[str, Any] | None = None,
    *,
    author: User | None = None,
    kind: str = "yes or no",
    slug: str = "edge-ai",
    **said: Any,
) -> Prediction:
    """A draft, by anna unless another author is named."""
    draft = PredictionDraft(
        technology=technology(slug), kind=Kind(kind), spec=parse_spec(parts or spec_json()), **said
    )
    return make_prediction(draft=draft, by=author or factories.person("anna"))


def published(parts: dict[str, Any] | None = None, **wanted: Any) -> Prediction:
    """A prediction that readers see; so is its technology."""
    slug = wanted.get("slug", "edge-ai")
    if not Technology.objects.published().filter(slug=slug).exists():
        factories.published(slug)
    prediction = made(parts, **wanted)
    publish_prediction(prediction=prediction, by=factories.person("ben", "editor"))
    return prediction
