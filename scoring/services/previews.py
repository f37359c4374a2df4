"""What the model says of a question that nobody has made yet: computed at once, never stored."""

from assessments.predictions import PredictionRecord
from evidence.selectors import Series
from record.clock import today
from scoring.figures import figures_of, verdict_on
from scoring.forecast_inputs import prediction_values, seed_of
from scoring.forecast_results import PredictionResult
from scoring.services.prediction_computations import compute_prediction
from scoring.services.repeats import unheard
from scoring.track_record import learnt_from


def previewed(*, record: PredictionRecord, series: Series) -> PredictionResult:
    """The model alone, as its first run would have it: nobody has forecast yet."""
    as_of = min(today(), record.deadline)
    values = prediction_values(
        record,
        series=series,
        answer=verdict_on(record, series, figures_of([series.slug])),
        forecasts=(),
        today=as_of,
        learnt=learnt_from(None)["real"],
    )
    output = compute_prediction(values, seed=seed_of(series.slug), report=unheard)
    return PredictionResult.from_headline(output.headline, as_of=as_of)
