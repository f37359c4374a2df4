"""A stranger's test of the description against the answers of the running site: some tries of
every operation. `make schemathesis` tries far more."""

import re
import subprocess

import pytest

from tests.rest.schemathesis_runs import RUNS, Run, token_of, tried
from tests.site import Site

FEW = 2


@pytest.mark.worker
@pytest.mark.parametrize("run", [RUNS[0], RUNS[-1]], ids=str)
def test_the_site_answers_as_it_is_described(run: Run, live_site: Site) -> None:
    token = token_of(run, live_site)
    # A card may be refused for what no description can say, and then chance decides.
    more = ("--exclude-checks", "positive_data_acceptance") if run.scopes else ()
    outcome: subprocess.CompletedProcess[str] = tried(
        live_site.url, token, examples=FEW, phases="examples,fuzzing", more=more
    )
    assert outcome.returncode == 0, outcome.stdout[-4000:]
    assert not re.search(r"(?<!\d)0 passed", outcome.stdout)
