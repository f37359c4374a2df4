"""One ranking in the ledger of an installation, for `benchmarks.ranking_workers`.

python -m benchmarks.ranking_job open INPUTS     opens the job and prints its number
python -m benchmarks.ranking_job ended NUMBER    prints what came out, or nothing yet
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from jobs import bell  # noqa: E402
from jobs.models import Job  # noqa: E402
from jobs.services import open_job  # noqa: E402
from scoring.engine.lenses import SHIPPED, lens_values  # noqa: E402
from scoring.inputs import RANKING_ENGINE, even_tables  # noqa: E402
from scoring.selectors import DEFAULT_LENS, SEED  # noqa: E402


def open_ranking(path: Path) -> int:
    """Cards and number of draws come from the file, everything else as the product sets it."""
    inputs = json.loads(path.read_text("utf-8")) | {
        "computation": "ranking",
        "lens": lens_values(SHIPPED[DEFAULT_LENS]),
        "tables": even_tables(),
        "yardsticks": [],
    }
    job = open_job(kind="ranking", inputs=inputs, engine_version=RANKING_ENGINE, seed=SEED)
    bell.flush()
    return job.pk


def ended(job_id: int) -> str:
    job = Job.objects.defer("inputs").get(pk=job_id)
    if job.state == Job.State.PARKED:
        raise SystemExit(f"The job failed: {job.error}")
    if job.state != Job.State.DONE or job.ended_at is None:
        return ""
    return json.dumps(
        {
            "seconds": (job.ended_at - job.created_at).total_seconds(),
            "digest": job.result.digest,
            "parts": job.parts_total,
        }
    )


if __name__ == "__main__":
    action, argument = sys.argv[1:]
    print(open_ranking(Path(argument)) if action == "open" else ended(int(argument)))
