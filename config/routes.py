"""Every page of the site with who may open it; a page that is not named here does not exist."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Route:
    path: str
    view: str
    name: str
    permission: str


ROUTES: tuple[Route, ...] = ()
