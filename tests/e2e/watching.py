"""What a page must never do, noted while a browser walks the site."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# The address and status of an answer are judged below; the console repeats them.
REPEATED = "Failed to load resource: the server responded with a status of"


@dataclass
class Watch:
    """Complaints about scripts, the content policy, other hosts and failed answers."""

    url: str
    refusals_are_meant: bool = False
    complaints: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._hear)
        context.on("weberror", self._catch)
        context.on("request", self._see)
        context.on("response", self._judge)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(REPEATED):
            self.complaints.append(f"{message.type} in the console: {message.text}")

    def _catch(self, error: WebError) -> None:
        self.complaints.append(f"uncaught in a script: {error.error}")

    def _see(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.complaints.append(f"asked another host: {request.url}")

    def _judge(self, response: Response) -> None:
        is_page = response.request.is_navigation_request()
        worst = 500 if is_page and self.refusals_are_meant else 400
        if response.status >= worst:
            self.complaints.append(f"{response.status} from {response.url}")
