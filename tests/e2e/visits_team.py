"""The pages of the team between one card and the next."""

from tests.e2e.visiting import ANALYST, EDITOR, TEAM, Visit, press

SKETCHES = (
    Visit("desk", "publishing:desk", "/desk/", TEAM),
    Visit("opinions", "publishing:opinion-list", "/technologies/chiplets/opinions/", TEAM),
    Visit("round", "publishing:round-detail", "/desk/round/", TEAM),
    Visit(
        "round answered",
        "assessments:round-answer",
        "/desk/round/",
        EDITOR,
        then=press("Still right"),
    ),
    Visit("what to sketch", "assessments:sketch-create", "/sketches/new/", TEAM),
    Visit("new sketch", "assessments:sketch-create", "/sketches/new/?technology=chiplets", TEAM),
    Visit(
        "sketch without keys",
        "assessments:sketch-create",
        "/sketches/new/?technology=chiplets",
        ANALYST,
        then=press("Save the sketch"),
    ),
    Visit("paste", "assessments:backlog-paste", "/sketches/paste/", TEAM),
    Visit(
        "pasted",
        "assessments:backlog-paste",
        "/sketches/paste/",
        ANALYST,
        then=press("See what it would add", names="Kelp power, Energy\nChiplets\n電気"),
    ),
    Visit("sketches", "publishing:sketch-list", "/sketches/", TEAM),
    Visit("sketches of the team", "publishing:sketch-list", "/sketches/?whose=team", EDITOR),
    Visit("sketch beside the card", "publishing:sketch-detail", "{sketch}", ANALYST),
)
