import numpy as np
import pytest
import statsmodels.api as sm

from esep.estimate import CaptureTable, Status, catalogue, complexes, existence, loglinear, standings
from esep.estimate.existence import design

TABLES = ["Kosovo", "Korea", "UKdat_5", "Western", "Artificial_3", "HAV", "Diabetes", "MadiganYork3", "MadiganYork5"]


def fits_of(table, *, rule="terms"):
    models = catalogue.models_for(table.k)
    return loglinear.fit_models(table, models, rule=rule), {complexes.name(m): i for i, m in enumerate(models)}


@pytest.mark.parametrize(("k", "order", "number"), [(3, 2, 8), (4, 3, 113), (5, 2, 1024), (5, 4, 6893), (6, 2, 32768)])
def test_number_of_hierarchical_models(k, order, number):
    models = complexes.all_models(k, max_order=order)
    assert len(set(models)) == len(models) == number


def test_model_names_are_read_back():
    for model in complexes.all_models(4, max_order=3):
        assert complexes.parse(complexes.name(model), 4) == model
    wide = complexes.independence(11) | 1 << (1 | 1 << 10)
    assert complexes.name(wide).startswith("[1.11,")
    assert complexes.parse(complexes.name(wide), 11) == wide


@pytest.mark.parametrize("name", ["Kosovo", "MadiganYork5", "HAV"])
def test_fits_agree_with_statsmodels(published, name):
    table = published(name)
    fits, _ = fits_of(table)
    cells = np.arange(1, 1 << table.k)
    counts = table.dense()[1:]
    for place in range(0, len(fits.models), 37):
        matrix = design(complexes.terms(fits.models[place]), cells)
        other = sm.GLM(counts, matrix, family=sm.families.Poisson()).fit(tol=1e-14, tol_criterion="params", maxiter=200)
        unseen = np.exp(other.params[0])
        error = np.sqrt(unseen + unseen**2 * other.cov_params()[0, 0])
        assert fits.unseen[0, place] == pytest.approx(unseen, rel=1e-8)
        assert fits.standard_error[0, place] == pytest.approx(error, rel=1e-8)
        assert fits.deviance[0, place] == pytest.approx(other.deviance, rel=1e-8, abs=1e-8)
        assert fits.loglik[0, place] == pytest.approx(other.llf, rel=1e-8)


@pytest.mark.parametrize("name", TABLES)
def test_every_model_of_rcapture_has_our_number(published, oracle, name):
    table = published(name)
    fits, places = fits_of(table)
    peer = {m: row for m, row in oracle("rcapture")["closedpMS_t"].get(name, {}).items() if m in places}
    ranked = [m for m in peer if fits.status[0, places[m]] is Status.OK]
    for model in ranked:
        place, (number, error, deviance, aic, bic) = places[model], peer[model]
        assert fits.population[0, place] == pytest.approx(number, rel=1e-6)
        # R takes the variance from the weights of the step before the last: up to 2e-5 off the converged fit
        assert fits.standard_error[0, place] == pytest.approx(error, rel=3e-5)
        assert fits.deviance[0, place] == pytest.approx(deviance, rel=1e-6, abs=1e-6)
        assert fits.aic[0, place] == pytest.approx(aic, rel=1e-6)
        assert fits.bic[0, place] == pytest.approx(bic, rel=1e-6)


@pytest.mark.parametrize("name", TABLES)
def test_the_first_ten_by_bic_stand_as_in_mse(published, oracle, name):
    peer = oracle("mse")["bic"][name]
    fits = catalogue.fitted(published(name))
    order = catalogue.ranking(fits)
    assert len(order) == peer["valid_models"]
    assert [complexes.name(fits.models[p]) for p in order[:10]] == [row[0] for row in peer["top"]]
    assert [fits.population[0, p] for p in order[:10]] == pytest.approx([row[1] for row in peer["top"]], rel=1e-6)
    assert [fits.bic[0, p] for p in order[:10]] == pytest.approx([row[2] for row in peer["top"]], rel=1e-6)


def test_existence_splits_as_the_peer_says(published, oracle):
    codes = oracle("mse")["existence_codes"]
    groups = {Status.OK: "0", Status.OK_EXTENDED: "0", Status.NO_FINITE_MLE: "1", Status.NOT_IDENTIFIED: "2"}
    for name, expected in codes.items():
        found = [groups[status] for status in fits_of(published(name))[0].status[0]]
        assert {code: found.count(code) for code in sorted(set(found))} == expected


def test_three_lists_without_overlap_have_no_finite_fit():
    table = CaptureTable.from_patterns({"100": 40, "010": 30, "001": 20})
    fits, _ = fits_of(table)
    assert not fits.ranks.any()
    assert np.isinf(fits.unseen).all()


def test_a_facial_fit_is_the_limit_of_fits_to_vanishing_counts(published):
    """The extended maximum depends continuously on the counts, so 1e-7 people in every empty cell move N little."""
    table = published("UKdat_5")
    models = complexes.all_models(5, max_order=4)[::9]
    fits = loglinear.fit_models(table, models)
    place = next(i for i, status in enumerate(fits.status[0]) if status is Status.OK_FACIAL)
    counts = table.dense()[None, :] + np.r_[0.0, np.full(31, 1e-7)]
    near = loglinear.fit_tables(counts, [models[place]], possible=tuple(range(1, 32)))
    assert near.status[0, 0] is Status.OK
    assert fits.population[0, place] == pytest.approx(near.population[0, 0], rel=1e-3)


def test_facial_fits_are_shown_but_never_ranked(published):
    table = published("UKdat_5")
    models = complexes.all_models(5, max_order=4)
    fits = loglinear.fit_models(table, models[::9])
    facial = np.array([status is Status.OK_FACIAL for status in fits.status[0]])
    assert facial.any()
    assert np.isfinite(fits.population[0, facial]).all()
    assert not fits.ranks[0, facial].any()


def test_decomposable_model_has_the_closed_form(published):
    """[12,3]: lists 1 and 2 may depend, list 3 is independent of both: n0 = n_only3 * (n - on 3 nor ...) / ..."""
    table = published("MadiganYork3")
    fits, places = fits_of(table)
    counts = table.as_patterns()
    joint = sum(c for p, c in counts.items() if p[:2] != "00" and p[2] == "1")
    alone = sum(c for p, c in counts.items() if p[:2] != "00" and p[2] == "0")
    assert fits.unseen[0, places["[12,3]"]] == pytest.approx(counts["001"] * alone / joint, rel=1e-9)


def test_two_rules_for_counting_parameters(published):
    table = published("Western")
    by_terms, places = fits_of(table)
    by_rank, _ = fits_of(table, rule="rank")
    extended = [i for i in places.values() if by_terms.status[0, i] is Status.OK_EXTENDED]
    assert (by_rank.bic[0, extended] < by_terms.bic[0, extended]).all()


def test_impossible_cells_do_not_count_as_people_missed():
    counts = {"100": 50, "010": 40, "001": 30, "110": 10, "101": 8}
    free = CaptureTable.from_patterns(counts)
    barred = CaptureTable.from_patterns(counts, structural_zero=["011", "111"])
    one = loglinear.fit_models(free, [complexes.independence(3)]).population[0, 0]
    other = loglinear.fit_models(barred, [complexes.independence(3)]).population[0, 0]
    assert barred.n < other < one


def test_counts_of_billions_keep_their_digits():
    small = {"100": 40, "010": 30, "001": 20, "110": 10, "101": 8, "011": 7, "111": 3}
    one, _ = fits_of(CaptureTable.from_patterns(small))
    huge, _ = fits_of(CaptureTable.from_patterns({p: c * 10**8 for p, c in small.items()}))
    assert huge.population[0] == pytest.approx(one.population[0] * 1e8, rel=1e-8)


def test_least_squares_and_the_linear_program_find_the_same_face():
    rng = np.random.default_rng(11)
    models = complexes.all_models(4, max_order=3)
    cells = np.arange(1, 16)
    faces = 0
    for _ in range(400):
        matrix = design(complexes.terms(models[rng.integers(len(models))]), cells)
        positive = rng.random(15) < rng.uniform(0.3, 0.9)
        if not positive.any():
            continue
        falling = existence._falling(matrix, positive)
        rows = matrix[~positive] @ existence._null_space(matrix[positive])
        whole = existence.lowered_by_program(rows) if rows.size else np.zeros(len(rows), dtype=bool)
        assert falling[~positive].tolist() == whole.tolist()
        faces += falling.any()
    assert faces > 50


def test_many_models_at_once_stand_as_one_by_one():
    rng = np.random.default_rng(12)
    models = complexes.all_models(4, max_order=3)
    possible = tuple(range(1, 16))
    for share in (0.3, 0.6, 0.9):
        seen = tuple(int(cell) for cell in np.flatnonzero(rng.random(16) < share) if cell)
        found = standings.standings(seen, models, possible=possible, width=16)
        for row, model in enumerate(models):
            one = existence.standing(complexes.terms(model), seen=seen, possible=possible)
            assert found.status[row] is one.status
            assert tuple(term for term in found.terms[row].tolist() if term >= 0) == one.basis
            assert tuple(np.flatnonzero(found.cells[row]).tolist()) == one.cells
