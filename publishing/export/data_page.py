"""The page on the data: what lies in which file, what may be done with it, how it is cited."""

from collections.abc import Sequence
from dataclasses import dataclass

from publishing.export.bundle import Written
from publishing.export.datasets import Dataset
from publishing.export.dictionary import COLUMNS
from publishing.export.frame import LICENCE_NAME, LICENCE_URL, Edition


@dataclass(frozen=True)
class DataFile:
    name: str
    url: str
    kind: str
    rows: int
    size: str
    sha256: str


@dataclass(frozen=True)
class Subject:
    """One subject with its files and the columns of its table."""

    name: str
    words: str
    files: tuple[DataFile, ...]
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DataPage:
    subjects: tuple[Subject, ...]
    licence: str
    licence_url: str
    citation: str
    bibtex: str


def data_page(
    edition: Edition, datasets: Sequence[Dataset], written: Sequence[Written]
) -> DataPage:
    return DataPage(
        subjects=tuple(_subject(dataset, written) for dataset in datasets),
        licence=LICENCE_NAME,
        licence_url=LICENCE_URL,
        citation=edition.citation,
        bibtex=edition.bibtex,
    )


def _subject(dataset: Dataset, written: Sequence[Written]) -> Subject:
    files = tuple(
        DataFile(
            name=row.path,
            url=f"/{row.path}",
            kind="table, one row each" if row.path.endswith("csv") else "everything, nested",
            rows=len(dataset.rows),
            size=in_bytes(row.size),
            sha256=row.sha256,
        )
        for row in written
        if row.path.startswith(f"data/{dataset.name}.")
    )
    columns = tuple(COLUMNS[dataset.name].items())
    return Subject(dataset.name.capitalize(), dataset.words, files, columns)


def in_bytes(size: int) -> str:
    """12 kB from 12345."""
    if size < 1_000:
        return f"{size} B"
    return f"{size / 1_000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
