"""Whatever the documents name exists, and whatever one has to know is named in them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands

from config.env import PROJECT
from config.variables import VARIABLES, table

DOCS = PROJECT / "docs"
DECISIONS = DOCS / "decisions"
OPERATIONS = DOCS / "operations.md"
APPS = (
    "accounts",
    "assessments",
    "config",
    "evidence",
    "intake",
    "jobs",
    "publishing",
    "record",
    "rest",
    "scoring",
)
LARGEST_PICTURE_BYTES = 200_000
PARTS = ("## Context", "## Decision", "## Consequence")

FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?:^ {4}.*\n?)+", re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FILE = re.compile(r"[a-z.][\w./-]*/[\w.-]+\.[a-z]+|\w+\.(?:md|toml|in|lock)|Makefile")
VARIABLE = re.compile(r"[A-Z][A-Z_]+")


def documents() -> list[Path]:
    return [*sorted(PROJECT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


def shown(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def prose(document: Path) -> str:
    return INDENTED.sub("", FENCE.sub("", document.read_text("utf-8")))


def spans(document: Path) -> list[str]:
    return SPAN.findall(prose(document))


def code(document: Path) -> str:
    """All that is set as code, blocks included: sentences are free to "make sure"."""
    text = document.read_text("utf-8")
    return "\n".join([*FENCE.findall(text), *INDENTED.findall(text), *spans(document)])


def named(pattern: str) -> Iterator[tuple[str, str]]:
    for document in documents():
        for name in re.findall(pattern, code(document)):
            yield shown(document), name


def anchors(document: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def is_dead(document: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (document.parent / name).resolve() if name else document
    if not target.exists():
        return True
    return bool(anchor) and anchor not in anchors(target)


def test_every_link_leads_somewhere() -> None:
    links = [
        (document, link)
        for document in documents()
        for link in LINK.findall(prose(document))
        if "://" not in link and not link.startswith("mailto:")
    ]
    assert links
    assert [(shown(document), link) for document, link in links if is_dead(document, link)] == []


def test_every_picture_is_shown_and_small() -> None:
    pictures = {path.resolve() for path in (DOCS / "images").iterdir()}
    linked = {
        (doc.parent / link).resolve() for doc in documents() for link in LINK.findall(prose(doc))
    }
    assert pictures
    assert pictures - linked == set()
    assert [path.name for path in pictures if path.stat().st_size > LARGEST_PICTURE_BYTES] == []


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [PROJECT / "README.md"]
    while waiting:
        document = waiting.pop()
        reached.add(document)
        links = [link.partition("#")[0] for link in LINK.findall(prose(document))]
        found = {(document.parent / link).resolve() for link in links if link.endswith(".md")}
        waiting.extend(found - reached)
    assert [shown(document) for document in documents() if document not in reached] == []


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    calls = list(named(r"\bmake ([a-z][a-z0-9-]*)"))
    assert calls
    assert [call for call in calls if call[1] not in targets] == []


def test_every_make_target_that_explains_itself_is_in_the_readme() -> None:
    targets = re.findall(r"(?m)^([a-z0-9-]+):[^#\n]*## ", (PROJECT / "Makefile").read_text())
    text = (PROJECT / "README.md").read_text("utf-8")
    assert targets
    assert [target for target in targets if f"`make {target}`" not in text] == []


def test_every_management_command_that_is_named_exists() -> None:
    calls = list(named(r"manage\.py ([a-z_]+)"))
    assert calls
    assert [call for call in calls if call[1] not in get_commands()] == []


def test_every_management_command_of_ours_is_in_the_operations() -> None:
    ours = [name for name, app in get_commands().items() if app in APPS]
    text = code(OPERATIONS)
    assert ours
    assert [name for name in ours if not re.search(rf"\b{name}\b", text)] == []


def is_environment(call: ast.Call) -> bool:
    called = ast.unparse(call.func)
    return called == "required" or called.startswith(("env.", "os.environ."))


def variables_read(files: Iterator[Path]) -> set[str]:
    found: set[str] = set()
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(args=[ast.Constant(value=str(name)), *_]) if is_environment(node):
                    found.add(name)
                case ast.Subscript(
                    value=ast.Attribute(attr="environ"), slice=ast.Constant(value=str(name))
                ):
                    found.add(name)
    return {name for name in found if VARIABLE.fullmatch(name)}


def variables_described(document: Path) -> set[str]:
    """Those in the first column of a table."""
    cells = re.findall(r"^\| (`[^|]*) \|", document.read_text("utf-8"), re.MULTILINE)
    return {name for cell in cells for name in SPAN.findall(cell) if VARIABLE.fullmatch(name)}


def test_the_operations_describe_the_variables_that_are_read_and_no_others() -> None:
    read = variables_read(path for app in APPS for path in (PROJECT / app).rglob("*.py"))
    assert "DATABASE_URL" in read
    assert variables_described(OPERATIONS) == read


def test_the_table_of_variables_is_the_one_of_the_code() -> None:
    read = variables_read(path for app in APPS for path in (PROJECT / app).rglob("*.py"))
    assert {variable.name for variable in VARIABLES} == read, "config/variables.py lists them"
    assert table() in OPERATIONS.read_text("utf-8"), "print it: python -m config.variables"


def defaults_in_code() -> dict[str, object]:
    """The literal that holds where a variable is not set, for those that have one."""
    found: dict[str, object] = {}
    for path in (PROJECT / "config").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    args=[ast.Constant(value=str(name))],
                    keywords=[ast.keyword(arg="default", value=ast.Constant(value=value))],
                ) if is_environment(node) and value != "":
                    found[name] = int(value) if isinstance(value, bool) else value
    return found


def test_the_table_of_variables_tells_the_defaults_of_the_code() -> None:
    told = {variable.name: variable.unless_set.strip("`") for variable in VARIABLES}
    literals = defaults_in_code()
    assert len(literals) > 4
    assert {
        name: told[name]
        for name, value in literals.items()
        if not told[name].startswith(str(value))
    } == {}


def test_the_variables_of_the_suite_are_read_by_it() -> None:
    read = variables_read(path for path in (PROJECT / "tests").rglob("*.py"))
    described = variables_described(PROJECT / "CONTRIBUTING.md")
    assert described
    assert described - read == set()


def names_in(path: Path) -> set[str]:
    """What a module defines at its top, and `Class.member` for what its classes do."""
    found: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        found |= names_of(node)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{name}" for part in node.body for name in names_of(part)}
    return found


def names_of(node: ast.stmt) -> set[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
    return set()


def files_named() -> Iterator[tuple[str, str, str]]:
    """Document, file and, after two colons, what is said to be in the file."""
    for document in documents():
        for span in spans(document):
            path, _, name = span.partition("::")
            if FILE.fullmatch(path):
                yield shown(document), path, name


def test_every_file_that_is_named_exists() -> None:
    files = list(files_named())
    assert files
    assert [row for row in files if not (PROJECT / row[1]).is_file()] == []


def test_every_name_in_a_file_is_in_that_file() -> None:
    rows = [(document, path, name) for document, path, name in files_named() if name]
    assert rows
    assert [row for row in rows if row[2] not in names_in(PROJECT / row[1])] == []


def test_every_folder_that_is_named_exists() -> None:
    folders = [
        (shown(document), span)
        for document in documents()
        for span in spans(document)
        if re.fullmatch(r"[a-z.][\w./-]*/", span)
    ]
    assert folders
    assert [row for row in folders if not (PROJECT / row[1]).is_dir()] == []


@pytest.mark.parametrize("app", APPS)
def test_the_architecture_says_what_every_package_is_for(app: str) -> None:
    assert f"`{app}/`" in (DOCS / "architecture" / "README.md").read_text("utf-8")


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    pages = sorted(DECISIONS.glob("0*.md"))
    titles = [page.read_text("utf-8").splitlines()[0].removeprefix("# ") for page in pages]
    index = (DECISIONS / "README.md").read_text("utf-8")
    listed = re.findall(r"(?m)^(\d+)\. \[(.+)\]\((.+)\)$", index)
    assert pages
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    assert [(f"{number}. {title}", name) for number, title, name in listed] == list(
        zip(titles, (page.name for page in pages), strict=True)
    )


def test_a_decision_says_what_it_was_about_and_what_follows() -> None:
    pages = sorted(DECISIONS.glob("0*.md"))
    headings = {
        page.name: re.findall(r"^## .+$", page.read_text("utf-8"), re.MULTILINE) for page in pages
    }
    assert headings
    assert {name: parts for name, parts in headings.items() if parts != list(PARTS)} == {}


def test_the_changelog_speaks_in_sentences() -> None:
    text = (PROJECT / "CHANGELOG.md").read_text("utf-8")
    entries = re.findall(r"^- (.+?)(?=^- |^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert entries
    assert [entry for entry in entries if not re.match(r"[A-Z`][^\0]*\.\Z", entry.strip())] == []
