import hashlib
import platform
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings

from jobs.models import Job
from jobs.receipts import computing_environment, make_receipt


@pytest.mark.django_db
def test_a_receipt_names_all_that_the_result_depends_on(job: Job) -> None:
    receipt = make_receipt(job=job, seconds=1.23456)
    assert receipt["inputs_digest"] == job.inputs_digest
    assert (receipt["kind"], receipt["engine_version"], receipt["seed"]) == ("test.double", "1", 7)
    assert receipt["seconds"] == 1.235
    assert receipt["numpy"] == np.__version__
    assert receipt["python"] == platform.python_version()


def test_the_environment_holds_the_digest_of_the_lock_file() -> None:
    lock = (Path(settings.BASE_DIR) / "requirements.lock").read_bytes()
    assert computing_environment()["lock"] == hashlib.sha256(lock).hexdigest()
    assert computing_environment()["simd"]
