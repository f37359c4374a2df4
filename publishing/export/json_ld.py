"""What pages tell search engines about the data, in the words of schema.org."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assessments.values.meanings import QUESTIONS
from assessments.values.scale import LEVEL_DIMENSIONS, Dimension, levels_of
from publishing.data import Record
from publishing.export.addresses import from_page
from publishing.export.bundle import Written
from publishing.export.frame import LICENCE_URL, Edition

MEDIA = {"csv": "text/csv", "json": "application/json"}
KEYWORDS = ("emerging technologies", "technology assessment", "forecasts", "ranking", "deep tech")
ABOUT = (
    "Emerging technologies scored by analysts in six dimensions with reasons and certainty, ranked"
    " under uncertainty of scores and weights, with windows of years in which their markets are"
    " expected to open and predictions that can be checked."
)


@dataclass(frozen=True)
class Files:
    """The files of data, and how a page of the export names them."""

    edition: Edition
    written: Sequence[Written]

    def url(self, target: str, page: str) -> str:
        return self.edition.absolute(target) or from_page(target, page)

    def downloads(self, page: str) -> list[dict[str, Any]]:
        return [
            {
                "@type": "DataDownload",
                "name": row.path.rpartition("/")[2],
                "encodingFormat": MEDIA[row.path.rpartition(".")[2]],
                "contentUrl": self.url(row.path, page),
                "contentSize": f"{row.size} B",
                "sha256": row.sha256,
            }
            for row in self.written
        ]


def dataset_json_ld(files: Files, *, page: str) -> dict[str, Any]:
    """The whole map as one Dataset."""
    edition = files.edition
    stated = _common(edition) | {
        "@type": "Dataset",
        "name": edition.title,
        "description": ABOUT,
        "url": files.url("index.html", page),
        "keywords": list(KEYWORDS),
        "variableMeasured": [_variable(dimension) for dimension in Dimension],
        "measurementTechnique": files.url("method/index.html", page),
        "distribution": files.downloads(page),
        "citation": edition.citation,
    }
    if edition.state.changes:
        first = edition.state.changes[-1].change
        stated["datePublished"] = first.at.date().isoformat()
    return stated


def technology_json_ld(record: Record, files: Files, *, page: str) -> dict[str, Any]:
    """One technology: its levels, its window, where it stands."""
    return _common(files.edition) | {
        "@type": "Dataset",
        "name": f"{record['name']}: assessment",
        "description": record["summary"],
        "url": files.url(page, page),
        "identifier": f"sha256:{record['content_hash']}",
        "dateModified": record["published_at"][:10],
        "isPartOf": {"@type": "Dataset", "name": files.edition.title}
        | {"url": files.url("index.html", page)},
        "about": {
            "@type": "DefinedTerm",
            "name": record["name"],
            "termCode": record["slug"],
            "alternateName": record["aliases"],
        },
        "keywords": record["domains"],
        "variableMeasured": [*_scores(record), *_standing(record)],
        "measurementTechnique": files.url("method/index.html", page),
    }


def _common(edition: Edition) -> dict[str, Any]:
    state = edition.state
    stated: dict[str, Any] = {
        "@context": "https://schema.org/",
        "version": f"change {state.seq}",
        "license": LICENCE_URL,
        "creator": {"@type": "Organization", "name": edition.publisher},
        "dateModified": state.day.isoformat(),
        "isAccessibleForFree": True,
        "inLanguage": "en",
    }
    if state.is_demonstration:
        stated["creativeWorkStatus"] = "Demonstration"
    return stated


def _variable(dimension: Dimension) -> dict[str, Any]:
    stated = {
        "@type": "PropertyValue",
        "propertyID": dimension.value,
        "name": dimension.value,
        "description": QUESTIONS[dimension],
    }
    if dimension not in LEVEL_DIMENSIONS:
        return stated | {"unitText": "years, from and to"}
    levels = levels_of(dimension)
    return stated | {"unitText": "ordinal level"} | {"minValue": levels[0], "maxValue": levels[-1]}


def _scores(record: Record) -> list[dict[str, Any]]:
    """The value is the score as it is printed; what is unscored has none."""
    return [
        {"@type": "PropertyValue", "propertyID": name, "name": name}
        | ({"value": score["display"]} if score["display"] else {})
        | {"description": _how_sure(score)}
        for name, score in record["scores"].items()
    ]


def _how_sure(score: Record) -> str:
    if not score["display"]:
        return str(score["unscored_reason"])
    return f"certainty {score['certainty']}" if score["certainty"] else "certainty not stated"


def _standing(record: Record) -> list[dict[str, Any]]:
    ranking = record["ranking"]
    if not ranking or not ranking["is_ranked"]:
        return []
    return [
        {
            "@type": "PropertyValue",
            "propertyID": "expected_rank",
            "name": "expected rank",
            "value": ranking["expected_rank"],
            "minValue": ranking["rank_low"],
            "maxValue": ranking["rank_high"],
            "description": "mean over the draws; 90 of 100 draws lie between the two ends",
        },
        {"@type": "PropertyValue", "propertyID": "band", "name": "band", "value": ranking["band"]},
    ]
