from jobs.kinds import Kind, register_kind
from scoring.services.computations import compute_outlook, compute_ranking
from scoring.services.large_rankings import RankingInParts


def register_computations() -> None:
    in_parts = RankingInParts()
    register_kind(Kind("ranking", queue="compute", compute=compute_ranking, in_parts=in_parts))
    register_kind(Kind("outlook", queue="compute", compute=compute_outlook))
