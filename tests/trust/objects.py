"""The things that a route may be about, by the words of the table of permissions."""

from typing import Any

from accounts.links import reset_path
from accounts.models import ApiToken, Invitation, User
from accounts.services import create_token, invite
from assessments.models import Card, Challenge, Prediction, ReviewComment, Technology
from assessments.services.technologies import Facts, create_technology
from evidence.models import Indicator, Item, Tag
from record.models import Change
from scoring.models import Run
from tests.assessments.factories import published, saved
from tests.trust.planting import PEOPLE, WITHDRAWN

ABSENT = 10**6
# In the order of the columns of the table; nobody signed in comes first.
ROLES = {"anonymous": "", "reader": "rita", "analyst": "anna", "editor": "ben", "admin": "root"}


def _indicators() -> dict[str, dict[str, Any]]:
    slugs = {
        "public indicator": Indicator.objects.public().earliest("pk").slug,
        "hidden indicator": Indicator.objects.filter(is_public=False).earliest("pk").slug,
        "no indicator": "nowhere",
    }
    files = {f"{name}'s file": {"slug": slug, "extension": "csv"} for name, slug in slugs.items()}
    return {name: {"slug": slug} for name, slug in slugs.items()} | files


def _items() -> dict[str, dict[str, Any]]:
    keys = {
        f"{state} item": Item.objects.filter(state=state).earliest("pk").key for state in Item.State
    }
    return {name: {"key": key} for name, key in keys.items()} | {"no item": {"key": "nowhere"}}


def _tags() -> dict[str, dict[str, Any]]:
    renamed = Change.objects.filter(kind="tag.renamed").earliest("seq")
    return {
        "tag": {"slug": Tag.objects.earliest("pk").slug},
        "no tag": {"slug": "nowhere"},
        "renamed tag": {"seq": renamed.seq},
        "no renamed tag": {"seq": ABSENT},
    }


def _reworded() -> Card:
    """A published card whose newest draft says the same in other words."""
    publication = published("reworded")
    parent = publication.revision.content_hash
    draft: Card = saved("reworded", parent=parent, summary="The same, said better.").card
    return draft


class Things:
    """Keys of things in the planted record, and of some that are not there."""

    def __init__(self) -> None:
        for username in PEOPLE:
            user = User.objects.get(username=username)
            create_token(user=user, name="script", scopes=["read:public"], days=9)
        self.invitation, self.secret = invite(username="nora", role="reader")
        create_technology(facts=Facts(slug="fresh", name="Fresh"), by=user)
        common = self._common() | self._cards() | self._predictions() | self._links()
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
            "proposed": {"slug": "beta"},
            "unpublished": {"slug": hidden.slug},
            "no technology": {"slug": "nowhere"},
            **_indicators(),
            **_items(),
            "shown challenge": {"key": Challenge.objects.shown().earliest("pk").key},
            "new challenge": {"key": Challenge.objects.filter(events=None).earliest("pk").key},
            "no challenge": {"key": "alpha-0"},
            **_tags(),
            "lens": {"key": "city-fund"},
            "no lens": {"key": "nowhere"},
            "run": {"seq": Run.objects.public().earliest("seq").seq},
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
        minor = Card.objects.get(technology__slug="gamma", role=Card.Role.LEAD)
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
            "comment": {"pk": ReviewComment.objects.open().earliest("pk").pk},
            "no comment": {"pk": ABSENT},
            "revision of a card": {"pk": lead.pk, "number": 1},
            "no revision of it": {"pk": lead.pk, "number": ABSENT},
            "reworded card": {"pk": _reworded().pk},
            "minor edit": {"pk": minor.pk, "number": 2},
            "no minor edit": {"pk": lead.pk, "number": 1},
        }

    def _predictions(self) -> dict[str, dict[str, Any]]:
        about = Prediction.objects.filter(technology__slug="alpha", hides_forecasts=False)
        blind = Prediction.objects.published().get(hides_forecasts=True)
        withdrawn = Prediction.objects.filter(events__kind="withdrawn").earliest("pk")
        unanswered = Prediction.objects.standing().exclude(events__kind="closed")
        undoubted = unanswered.filter(forecasts=None).earliest("pk")
        shown, drafted = about.published().earliest("pk"), about.filter(events=None).earliest("pk")
        return {
            "prediction": {"key": shown.key},
            "blind prediction": {"key": blind.key},
            "drafted prediction": {"key": drafted.key},
            "withdrawn prediction": {"key": withdrawn.key},
            "unforecast prediction": {"key": undoubted.key},
            "no prediction": {"key": "alpha-2030-0"},
            "prediction's file": {"key": shown.key, "extension": "csv"},
            "blind prediction's file": {"key": blind.key, "extension": "csv"},
            "draft's file": {"key": drafted.key, "extension": "csv"},
            "no prediction's file": {"key": "alpha-2030-0", "extension": "csv"},
            "no series": {"slug": "nowhere"},
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
