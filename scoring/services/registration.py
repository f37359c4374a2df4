from jobs.kinds import Kind, register_kind
from scoring.services.computations import compute_outlook, compute_ranking
from scoring.services.forecast_computations import compute_forecast
from scoring.services.large_rankings import RankingInParts
from scoring.services.prediction_computations import compute_prediction
from scoring.services.score_computations import compute_scores


def register_computations() -> None:
    in_parts = RankingInParts()
    register_kind(Kind("ranking", queue="compute", compute=compute_ranking, in_parts=in_parts))
    register_kind(Kind("outlook", queue="compute", compute=compute_outlook))
    register_kind(Kind("forecast", queue="compute", compute=compute_forecast))
    register_kind(Kind("prediction", queue="compute", compute=compute_prediction))
    register_kind(Kind("scores", queue="compute", compute=compute_scores))
