"""Dockerfile and docker-compose.yml without containers: each command in them, run as they say."""

import importlib.util
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema.validators import validator_for

from config.env import PROJECT
from tests.assessments.card_files import write
from tests.assessments.factories import card_json
from tests.conftest import missing
from tests.roles import PASSWORD, TwoRoles, address, two_roles
from tests.stack import wait_until

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
FILLED_IN = {
    "SECRET_KEY": "k3-5Jx8yQ0b_vW2nLr7TzAe9HcFgUoPiMsDdVqXw1mR4tBjYuEa",
    "OWNER_PASSWORD": "words-of-the-owner",
    "SITE_PASSWORD": "words-of-the-site",
    "ALLOWED_HOSTS": "bellwether.example",
}
_PLACE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def instructions() -> list[tuple[str, str]]:
    """Word and argument of each line of the Dockerfile, continued lines joined."""
    text = (PROJECT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.strip().partition(" ") for line in lines)]


def of_the_image() -> list[tuple[str, str]]:
    """The instructions of the last stage, which is what runs."""
    found = instructions()
    return found[max(place for place, (word, _) in enumerate(found) if word == "FROM") :]


def argument(word: str) -> str:
    return next(rest for name, rest in reversed(of_the_image()) if name == word)


def filled(text: str, given: dict[str, str]) -> str:
    """The text with its variables, as Compose puts them in; KeyError for what it refuses."""

    def value(match: re.Match[str]) -> str:
        name, mark, rest = match.groups()
        if given.get(name):
            return given[name]
        if mark != "-":
            raise KeyError(name)
        return str(rest)

    return _PLACE.sub(value, text)


def environment_of(service: str, given: dict[str, str]) -> dict[str, str]:
    return {
        name: filled(str(value), given) for name, value in SERVICES[service]["environment"].items()
    }


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


# What is written


def test_the_compose_file_is_one_by_its_specification() -> None:
    package = importlib.util.find_spec("check_jsonschema")
    if package is None or package.origin is None:
        missing("check-jsonschema")
    folder = Path(package.origin).parent / "builtin_schemas" / "vendor"
    schema = json.loads((folder / "compose-spec.json").read_text("utf-8"))
    validator = validator_for(schema)(schema)
    errors = [error.message for error in validator.iter_errors(COMPOSE)]
    assert errors == []
    assert list(validator.iter_errors({"services": {"web": {"comand": []}}}))


def test_every_service_waits_for_what_it_needs() -> None:
    for name in ("web", "worker", "beat"):
        conditions = {on: how["condition"] for on, how in SERVICES[name]["depends_on"].items()}
        assert conditions == {
            "migrate": "service_completed_successfully",
            "broker": "service_healthy",
            "database": "service_healthy",
        }
    assert SERVICES["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert SERVICES["migrate"]["restart"] == "no"


@pytest.mark.parametrize("name", FILLED_IN)
def test_nothing_starts_without_its_secrets(name: str) -> None:
    text = (PROJECT / "docker-compose.yml").read_text("utf-8")
    with pytest.raises(KeyError, match=name):
        filled(text, {key: value for key, value in FILLED_IN.items() if key != name})
    assert f"\n{name}=\n" in f"\n{(PROJECT / '.env.example').read_text('utf-8')}"
    assert filled(text, FILLED_IN)


def test_every_variable_of_the_compose_file_is_in_the_example() -> None:
    text = (PROJECT / "docker-compose.yml").read_text("utf-8")
    example = (PROJECT / ".env.example").read_text("utf-8")
    wanted = {name for name, _, _ in _PLACE.findall(text)}
    assert wanted == set(re.findall(r"^(\w+)=", example, re.MULTILINE))


def test_only_migrate_knows_the_owner() -> None:
    knowing = [name for name, service in SERVICES.items() if "OWNER" in json.dumps(service)]
    assert knowing == ["migrate", "database"]


def test_the_record_lies_in_a_volume_and_no_port_is_open_to_the_world() -> None:
    assert SERVICES["database"]["volumes"] == ["record:/var/lib/postgresql/data"]
    assert "record" in COMPOSE["volumes"]
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_image_holds_locked_packages_no_secret_and_no_root() -> None:
    text = (PROJECT / "Dockerfile").read_text("utf-8")
    assert "--require-hashes" in text
    assert "-r requirements.lock" in text
    assert argument("USER") == "bellwether"
    kept = " ".join(rest for word, rest in instructions() if word in {"ENV", "ARG"})
    assert not re.search(r"SECRET|PASSWORD|DATABASE_URL", kept)


def test_the_image_holds_every_package_of_the_code_and_nothing_else() -> None:
    lines = (PROJECT / ".dockerignore").read_text("utf-8").split()
    let_in = {line.removeprefix("!") for line in lines if line.startswith("!")}
    packages = {path.parent.name for path in PROJECT.glob("*/__init__.py")} - {"benchmarks"}
    assert lines[0] == "*"
    assert packages <= let_in
    assert [name for name in let_in if not (PROJECT / name).exists()] == []
    assert not let_in & {"tests", "docs", "benchmarks", "var", ".env", ".git"}


# What runs


@dataclass
class Containers:
    """The services as processes, with their addresses on this machine in place of Compose's."""

    folder: Path
    roles: TwoRoles
    broker_port: int = field(default_factory=free_port)
    web_port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def code(self) -> Path:
        return self.folder / "srv"

    def build(self) -> None:
        """COPY, then every RUN of the image that is not about the image's own system."""
        for line in (PROJECT / ".dockerignore").read_text("utf-8").split():
            source = PROJECT / line.removeprefix("!")
            if line.startswith("!") and source.is_dir():
                skip = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source, self.code / source.name, ignore=skip)
            elif line.startswith("!"):
                self.code.mkdir(exist_ok=True)
                shutil.copyfile(source, self.code / source.name)
        for word, rest in of_the_image():
            if word == "RUN" and "useradd" not in rest:
                self.call("build", ["sh", "-c", rest])

    def environment(self, service: str) -> dict[str, str]:
        of_image = dict(part.split("=", 1) for part in shlex.split(argument("ENV")))
        given = FILLED_IN | {"OWNER_PASSWORD": PASSWORD, "SITE_PASSWORD": PASSWORD}
        known = of_image if service == "build" else of_image | environment_of(service, given)
        return {name: self._here(value) for name, value in known.items()} | {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "VAR_DIR": str(self.folder / "var" / service),
            "PORT": str(self.web_port),
            # Celery warns a superuser, which no container is and a test may be.
            "PYTHONWARNINGS": "ignore:You're running the worker",
            "PGHOST": address().split(":")[0],
            "PGPORT": address().split(":")[1],
        }

    def _here(self, text: str) -> str:
        return (
            text.replace("bellwether_site:", f"{self.roles.site}:")
            .replace("bellwether_owner:", f"{self.roles.owner}:")
            .replace("@database:5432/bellwether", f"@{address()}/{self.roles.database}")
            .replace(PASSWORD, PASSWORD.replace(" ", "%20"))
            .replace("redis://broker:6379", f"redis://127.0.0.1:{self.broker_port}")
        )

    def command(self, service: str) -> list[str]:
        default: list[str] = json.loads(argument("CMD"))
        words = [str(word) for word in SERVICES[service].get("command", default)]
        if service == "broker":
            words += ["--port", str(self.broker_port), "--bind", "127.0.0.1"]
        return [word.replace("0.0.0.0:8000", f"127.0.0.1:{self.web_port}") for word in words]

    def probe(self, service: str) -> list[str]:
        check = SERVICES[service].get("healthcheck")
        words = check["test"] if check else json.loads(argument("HEALTHCHECK").partition("CMD ")[2])
        found = [word for word in words if word != "CMD"]
        return (
            [*found[:1], "-p", str(self.broker_port), *found[1:]] if service == "broker" else found
        )

    def is_healthy(self, service: str) -> bool:
        environment = self.environment("web" if service in {"broker", "database"} else service)
        return not subprocess.run(
            self.probe(service), cwd=self.code, env=environment, capture_output=True, check=False
        ).returncode

    def start(self, service: str) -> None:
        with (self.folder / f"{service}.out").open("wb") as output:
            self.running[service] = subprocess.Popen(
                self.command(service),
                cwd=self.code,
                env=self.environment("web" if service == "broker" else service),
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def call(self, service: str, command: list[str]) -> str:
        outcome = subprocess.run(
            command,
            cwd=self.code,
            env=self.environment(service),
            capture_output=True,
            text=True,
            check=False,
        )
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr
        return outcome.stdout

    def stop(self, service: str) -> int:
        process = self.running.pop(service)
        process.send_signal(signal.SIGTERM)
        return process.wait(30)

    def ask(self, path: str) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.web_port}{path}", headers={"Host": "bellwether.example"}
        )
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 our own
            return response.read().decode()


@pytest.fixture(scope="module")
def containers(postgres: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Containers]:
    roles = two_roles("containers")
    made = Containers(tmp_path_factory.mktemp("containers"), roles)
    roles.make()
    try:
        made.build()
        made.start("broker")
        wait_until(lambda: made.is_healthy("broker"), seconds=15, what="the broker")
        assert made.is_healthy("database")
        made.call("migrate", made.command("migrate"))
        for service in ("web", "worker", "beat"):
            made.start(service)
        yield made
    finally:
        for service in list(made.running):
            made.stop(service)
        roles.drop()


@pytest.mark.worker
@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_a_service_comes_up_and_its_probe_says_so(containers: Containers, service: str) -> None:
    wait_until(lambda: containers.is_healthy(service), seconds=60, what=f"a healthy {service}")


@pytest.mark.worker
def test_the_site_is_ready_and_serves_its_files(containers: Containers) -> None:
    wait_until(lambda: containers.is_healthy("web"), seconds=60, what="a healthy web")
    ready = json.loads(containers.ask("/readyz"))
    assert ready["checks"] == {"database": "ok", "migrations": "ok", "broker": "ok"}
    stylesheet = re.search(r'href="(/static/[^"]*css)"', containers.ask("/"))
    assert stylesheet
    assert re.search(r"\.[0-9a-f]{8,}\.css$", stylesheet[1])
    assert "--" in containers.ask(stylesheet[1])


@pytest.mark.worker
def test_what_one_publishes_is_ranked_by_the_worker(containers: Containers) -> None:
    file = write(containers.folder / "cards.json", card_json("zeta", author="anna"))
    words = ["--publish", "--author", "anna", "--approver", "ben"]
    containers.call("web", ["python", "manage.py", "import_cards", str(file), *words])

    def is_ranked() -> bool:
        return "Zeta" in containers.ask("/ranking/") and '"done"' in containers.call(
            "web", ["python", "-c", STATES]
        )

    wait_until(is_ranked, seconds=60, what="a finished run")


STATES = """
import django, json
django.setup()
from jobs.models import Job
print(json.dumps(list(Job.objects.values_list("state", flat=True))))
"""


@pytest.mark.worker
@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_every_line_of_the_log_is_json(containers: Containers, service: str) -> None:
    wait_until(lambda: containers.is_healthy(service), seconds=60, what=f"a healthy {service}")
    lines = (containers.folder / f"{service}.out").read_text("utf-8").splitlines()
    # The clock has nothing to say while all is well.
    assert lines or service == "beat"
    for line in lines:
        assert {"at", "level", "logger", "message", "request_id"} <= set(json.loads(line))


@pytest.mark.worker
@pytest.mark.parametrize("service", ["beat", "worker", "web"])
def test_a_service_that_is_told_to_stop_ends_well(containers: Containers, service: str) -> None:
    wait_until(lambda: containers.is_healthy(service), seconds=60, what=f"a healthy {service}")
    assert containers.stop(service) == 0
