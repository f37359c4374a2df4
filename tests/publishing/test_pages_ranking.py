from publishing.pages.ranking import finding, ranking_page
from publishing.results import Progress
from tests.publishing.made import card, published, ranked, ranking, score


def test_a_sole_leader_leads_and_the_band_behind_is_open() -> None:
    rows = [ranked("large-models", 1, 1.6), *(ranked(f"other-{n}", 2, 3 + n) for n in range(5))]
    headline, lede = finding(ranking(*rows))
    assert headline == "Large models lead. The next five cannot be put in order."
    assert "".join(lede).startswith("Large models are in the top three in 90 of 100 draws. Behind")


def test_a_band_of_one_behind_the_leader_follows() -> None:
    headline, _ = finding(ranking(ranked("fusion", 1, 1.2), ranked("chiplets", 2, 1.8)))
    assert headline == "Fusion leads. Chiplets follow."


def test_a_shared_first_band_has_no_leader_in_the_headline() -> None:
    headline, lede = finding(ranking(ranked("fusion", 1, 1.2), ranked("chiplets", 1, 1.8)))
    assert headline == "Two technologies share the first band. They cannot be put in order."
    assert "ahead of the other in at most 80" in "".join(lede)


def test_before_the_first_run_the_page_says_so() -> None:
    assert finding(None)[0] == "No ranking has been computed yet."
    assert finding(ranking())[0] == "No published card can be ranked yet."


def test_each_row_carries_its_interval_and_never_a_bare_rank() -> None:
    row = ranked("fusion", 1, 1.24)
    page = ranking_page(published(card("fusion"), ranking=ranking(row)))
    (view,) = page.bands[0].rows
    assert (view.expected, view.interval) == ("1.2", "1–2")
    assert "90 of 100 draws between 1 and 2" in view.drawing


def test_the_weights_that_move_a_technology_are_named_with_what_is_unscored() -> None:
    here = card("fusion", novelty=score(None))
    page = ranking_page(published(here, ranking=ranking(ranked("fusion", 1, 1.0))))
    moves = page.bands[0].rows[0].moves
    assert moves == "Impact lifts it, drivers hold it back; novelty: not yet assessed"


def test_the_lone_leader_is_ahead_of_every_other_only_where_it_is() -> None:
    cards = (card("a"), card("b"), card("c"))
    rows = (ranked("a", 1, 1.1), ranked("b", 2, 2.2), ranked("c", 2, 2.7))
    near = ranking_page(published(*cards, ranking=ranking(*rows, ahead=0.79)))
    far = ranking_page(published(*cards, ranking=ranking(*rows, ahead=0.81)))
    assert near.bands[0].sentence == "Ahead of the next technology in more than 80 of 100 draws."
    assert far.bands[0].sentence.startswith("Ahead of every other technology")


def test_the_state_moves_with_the_run_and_with_its_progress() -> None:
    record = published(card("a"), ranking=ranking(ranked("a", 1, 1.0)))
    busy = Progress(kind="ranking", run_id=42, done=4, total=10, draws=10_000)
    later = published(card("a"), ranking=record.ranking, computing=(busy,))
    assert ranking_page(record).state != ranking_page(later).state
    assert busy.words == "4,000 of 10,000 draws done."
