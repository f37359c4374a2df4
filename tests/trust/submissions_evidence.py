"""A valid form for every route about indicators and items of evidence."""

from record.canonical import digest
from tests.trust.sending import OTHER, SHOWN, VERSION, Submission

INDICATOR = {
    "slug": "wave-price",
    "name": "Price of wave power",
    "unit": "EUR per MWh",
    "progress": "down",
    "kind": "cost",
    "cadence": "year",
    "geography": "Europe",
    "publisher": "The bureau",
    "source_url": "https://example.org/",
    "licence": "CC BY 4.0",
    "licence_url": "https://example.org/licence",
    "comparability": "One method throughout.",
    "release_lag_days": "90",
    "ceiling_low": "",
    "is_public": "on",
}
FIGURE = {
    "period": "2024",
    "value": "1.5",
    "vintage": "2025-03-01",
    "label": "",
    "source": "A report",
    "source_url": "https://example.org/",
    "note": "Seen twice.",
}
TABLE = {"table": "year,value\n2024,1.5\n", "vintage": "2025-03-01", "reason": "A table."}
CHART = {
    "csv": "Entity,Code,Year,Boats\nWorld,OWID_WRL,2024,1.5\n",
    "metadata": '{"columns": {"Boats": {"unit": "boats", "lastUpdated": "2025-03-01"}}}',
    "entity": "World",
    "column": "Boats",
    "vintage": "2025-03-01",
}
INDICATORS = (
    Submission("evidence:indicator-create", "analyst", INDICATOR),
    Submission(
        "evidence:indicator-edit",
        "analyst",
        {name: value for name, value in INDICATOR.items() if name != "slug"}
        | {"version": VERSION, "unit": "@unit"},
        "public indicator",
        "changed",
        tried=("name", "version", "ceiling_low", "release_lag_days", "kind"),
    ),
    Submission("evidence:observation-create", "analyst", FIGURE, "public indicator"),
    Submission(
        "evidence:observation-create",
        "analyst",
        TABLE | {"then": "save"},
        "public indicator",
        "line|table|year|column",
        tried=("table", "vintage", "reason"),
    ),
    Submission(
        "evidence:indicator-import",
        "analyst",
        INDICATOR | CHART | {"then": "save"},
        words="line|column|boats",
        tried=("csv", "metadata", "entity", "column", "vintage", "name"),
    ),
)
PASTE = {
    "text": "The pilot ran for nine weeks.",
    "url": "https://example.org/pilot",
    "title": "Nine weeks",
    "kind": "news",
    "tags": "Heat, pilots",
    "via": "A friend",
    "via_url": "https://example.org/friend",
    "notes": "Ask *again*.",
}
KEPT = {"version": VERSION}
READ = {
    "title": "Nine weeks",
    "kind": "news",
    "url": "https://example.org/pilot",
    "authors": "Ada; Ben",
    "publisher": "The paper",
    "published": "2024-01",
    "via": "A friend",
    "via_url": "https://example.org/friend",
    "licence": "CC BY 4.0",
    "tags": "Heat, pilots",
    "notes": "Ask *again*.",
    "p0-kind": "observation",
    "p0-heading": "The pilot",
    "p0-text": "It ran.",
    "p0-comment": "For nine weeks.",
    "p0-mark": "1",
}
HIGHLIGHTS = "Highlight,Title,Author,URL\nIt ran.,Nine weeks,Ada,https://example.org/pilot\n"
BRING = {
    "format": "readwise",
    "text": HIGHLIGHTS,
    "state": "inbox",
    "seen": digest(HIGHLIGHTS.encode()),
    "then": "save",
    "r0-whole": "1",
    "r0-is_taken": "on",
    "r0-title": "Nine weeks",
    "r0-kind": "news",
    "r0-url": "https://example.org/pilot",
    "r0-authors": "Ada",
    "r0-publisher": "The paper",
    "r0-published": "2024-05",
    "r0-accessed_on": "2024-06-01",
    "r0-via": "A friend",
    "r0-via_url": "https://example.org/friend",
    "r0-licence": "CC BY 4.0",
    "r0-tags": "Heat, pilots",
    "r0-notes": "Ask *again*.",
    "r0-p0-is_taken": "on",
    "r0-p0-kind": "quotation",
    "r0-p0-text": "It ran.",
    "r0-p0-comment": "For *long*.",
    "r0-p0-heading": "Running",
    "r0-p0-before": "They say: ",
    "r0-p0-after": " So it goes.",
}
# All but what says which page was seen.
BROUGHT = tuple(name for name in BRING if name not in {"seen", "then", "r0-whole"})
READING = READ | {"version": VERSION, "rows": "1", "then": "save"}
CORRECTED = PASTE | {
    "authors": "A. Writer",
    "publisher": "The bureau",
    "published": "2024-05",
    "accessed_on": "2024-06-01",
    "licence": "CC BY 4.0",
    "reason": "Read again.",
    "version": VERSION,
    "passages-TOTAL_FORMS": "1",
    "passages-INITIAL_FORMS": "0",
    "passages-0-kind": "quotation",
    "passages-0-text": "It ran.",
    "passages-0-comment": "For *long*.",
    "passages-0-heading": "Running",
    "passages-0-mark": "1",
    "passages-0-source": "",
    "passages-0-exact": "ran for nine",
    "passages-0-order": "1",
    "passages-0-before": "",
    "passages-0-after": " weeks",
}
EVIDENCE = (
    Submission("evidence:item-create", "analyst", PASTE),
    Submission("evidence:item-import", "analyst", BRING, tried=BROUGHT),
    Submission(
        "evidence:item-read", "analyst", READING, "inbox item", "", "?as=essay", tuple(READ)
    ),
    Submission("evidence:item-edit", "analyst", CORRECTED, "inbox item", "changed|rows"),
    Submission("evidence:item-keep", "analyst", KEPT, "inbox item", "changed"),
    Submission("evidence:item-restore", "analyst", KEPT, "retracted item", "changed"),
    Submission(
        "evidence:item-retract",
        "analyst",
        KEPT | {"reason": "It was taken back."},
        "kept item",
        "changed|why",
    ),
    Submission(
        "evidence:tag-edit",
        "analyst",
        {"name": "Warmth", "shown": SHOWN},
        "tag",
        "meanwhile|The tag is",
    ),
    Submission(
        "evidence:tag-merge",
        "analyst",
        {"into": OTHER, "shown": SHOWN},
        "tag",
        "meanwhile|There is no tag",
    ),
    Submission("evidence:tag-undo", "analyst", thing="renamed tag"),
)
