"""The things that a route may be about, by the words of the table of permissions."""

from typing import Any

from accounts.links import reset_path
from accounts.models import ApiToken, Invitation, User
from accounts.services import create_token, invite
from assessments.models import Card, Technology
from assessments.services.technologies import Facts, create_technology
from scoring.models import Run
from tests.trust.planting import PEOPLE, WITHDRAWN

ABSENT = 10**6
# In the order of the columns of the table; nobody signed in comes first.
ROLES = {"anonymous": "", "reader": "rita", "analyst": "anna", "editor": "ben", "admin": "root"}


class Things:
    """Keys of things in the planted record, and of some that are not there."""

    def __init__(self) -> None:
        for username in PEOPLE:
            user = User.objects.get(username=username)
            create_token(user=user, name="script", scopes=["read:public"], days=9)
        self.invitation, self.secret = invite(username="nora", role="reader")
        create_technology(facts=Facts(slug="fresh", name="Fresh"), by=user)
        common = self._common() | self._cards() | self._links()
        self._parts = {role: common | self._tokens(name) for role, name in ROLES.items()}

    def parts(self, thing: str, *, role: str) -> dict[str, Any]:
        """What stands in the path when the route is about the thing."""
        return self._parts[role][thing]

    def _common(self) -> dict[str, dict[str, Any]]:
        hidden = Technology.objects.filter(publications=None).earliest("pk")
        waiting = Run.objects.filter(kind="ranking").latest("seq").seq
        return {
            "-": {},
            "file": {"extension": "csv"},
            "published": {"slug": "alpha"},
            "withdrawn": {"slug": WITHDRAWN},
            "unpublished": {"slug": hidden.slug},
            "no technology": {"slug": "nowhere"},
            "lens": {"key": "city-fund"},
            "no lens": {"key": "nowhere"},
            "run": {"seq": Run.objects.earliest("seq").seq},
            "waiting ranking": {"run": waiting},
            "no ranking": {"run": ABSENT},
            "no ranking's own": {"run": ABSENT, "slug": "alpha"},
            "published in none": {"run": waiting, "slug": "alpha"},
            "unpublished in none": {"run": waiting, "slug": hidden.slug},
            "parked run": {"seq": Run.objects.get(job__state="parked").seq},
            "no run": {"seq": ABSENT},
            "person": {"pk": User.objects.get(username="otto").pk},
            "no person": {"pk": ABSENT},
            "invitation": {"pk": Invitation.objects.latest("pk").pk},
            "no invitation": {"pk": ABSENT},
        }

    def _cards(self) -> dict[str, dict[str, Any]]:
        lead = Card.objects.get(technology__slug="alpha", role=Card.Role.LEAD)
        opinion = Card.objects.get(technology__slug="alpha", owner__username="otto")
        reviewed = Card.objects.get(technology__slug="beta", owner__username="otto")
        private = Card.objects.exclude(revisions__publications__isnull=False)
        approved = private.get(revisions__events__kind="approved")
        drafted = private.get(revisions__events=None, revisions__detail="full")
        hidden = drafted.technology.slug
        return {
            "published key": {"key": "alpha"},
            "opinion's key": {"key": "alpha~otto"},
            "drafted key": {"key": hidden},
            "no key": {"key": "nowhere"},
            "published key's file": {"key": "alpha", "extension": "csv"},
            "drafted key's file": {"key": hidden, "extension": "csv"},
            "no key's file": {"key": "nowhere", "extension": "csv"},
            "drafted card": {"pk": drafted.pk},
            "reviewed card": {"pk": reviewed.pk},
            "approved card": {"pk": approved.pk},
            "card": {"pk": lead.pk},
            "one's card": {"pk": opinion.pk},
            "no card": {"pk": ABSENT},
            "sketch": {"pk": private.get(revisions__detail="sketch").pk},
            "no sketch": {"pk": ABSENT},
            "revision": {"pk": lead.revisions.earliest("pk").pk},
            "no revision": {"pk": ABSENT},
            "revision of a card": {"pk": lead.pk, "number": 1},
            "no revision of it": {"pk": lead.pk, "number": ABSENT},
        }

    def _tokens(self, username: str) -> dict[str, dict[str, Any]]:
        mine = ApiToken.objects.filter(user__username=username or "rita").latest("pk")
        other = ApiToken.objects.get(user__username="ada")
        return {
            "own token": {"pk": mine.pk},
            "another's token": {"pk": other.pk},
            "no token": {"pk": ABSENT},
        }

    def _links(self) -> dict[str, dict[str, Any]]:
        *_, person, secret, _ = reset_path(User.objects.get(username="otto")).split("/")
        return {
            "dead demo link": {"signed": "MQ:1:x"},
            "live reset link": {"person": person, "secret": secret},
            "dead reset link": {"person": person, "secret": "x"},
            "live invitation": {"secret": self.secret},
            "dead invitation": {"secret": "x"},
        }
