"""Lighthouse on an exported map, served locally: python -m tests.e2e.lighthouse FOLDER."""

import functools
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from config.env import PROJECT

LIGHTHOUSE = PROJECT / ".tools" / "node" / "node_modules" / "lighthouse" / "cli" / "index.js"
CHROME_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
LEAST = 95
# One run in three is disturbed by whatever else the machine does.
RUNS = 3


class Host(SimpleHTTPRequestHandler):
    """A static host as one finds them: it sends text compressed."""

    def do_GET(self) -> None:
        place = Path(self.translate_path(self.path))
        if place.suffix not in {".html", ".css", ".js", ".svg", ".json"} or not place.is_file():
            super().do_GET()
            return
        body = gzip.compress(place.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(place))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as its parent names it
        """Says nothing."""


def scores(address: str, folder: Path) -> dict[str, int]:
    """The four scores of one run, of 100."""
    report = folder / "report.json"
    chrome = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    wanted = ("--quiet", "--output=json", f"--output-path={report}")
    subprocess.run(
        ["node", str(LIGHTHOUSE), address, *wanted, f"--chrome-flags={CHROME_FLAGS}"],
        check=True,
        env=os.environ | {"CHROME_PATH": chrome},
    )
    found = json.loads(report.read_text())["categories"]
    return {name: round(100 * row["score"]) for name, row in found.items()}


def medians(address: str) -> dict[str, int]:
    with tempfile.TemporaryDirectory() as folder:
        runs = [scores(address, Path(folder)) for _ in range(RUNS)]
    return {name: round(median(run[name] for run in runs)) for name in runs[0]}


def main(folder: Path) -> int:
    handler = functools.partial(Host, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    technology = min(path.name for path in (folder / "t").iterdir())
    low = []
    for path in ("index.html", "ranking/index.html", f"t/{technology}/index.html"):
        found = medians(f"http://127.0.0.1:{server.server_port}/{path}")
        printed = ", ".join(f"{name} {score}" for name, score in found.items())
        sys.stdout.write(f"{path}: {printed} (median of {RUNS})\n")
        low += [f"{path} {name}" for name, score in found.items() if score < LEAST]
    server.shutdown()
    for name in low:
        sys.stderr.write(f"{name}: under {LEAST}\n")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
