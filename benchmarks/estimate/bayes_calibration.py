"""Simulation-based calibration of the latent class: python -m benchmarks.estimate.bayes_calibration [--tables 1000].

Parameters from the prior, n people over the patterns of 3 and 4 lists, n0 negative binomial (the prior 1/N makes this a
proper joint distribution once n is fixed); ranks of the true n0 among 19 thinned draws must be even (Talts and others
2018). Seed and sizes were fixed before the first run.
"""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from scipy.stats import chi2

from esep.estimate.latent_class.cells import Cells, start_from_prior, unpack
from esep.estimate.latent_class.chain import Chain, draw_unseen
from esep.estimate.latent_class.settings import LatentClassSettings

REPORT = Path(__file__).parent / "results" / "bayes_calibration.txt"
SEED, PEOPLE, CLASSES, DRAWS = 20111216, 100, 5, 19


def prior_draw(lists: int, settings: LatentClassSettings, rng: np.random.Generator) -> np.ndarray:
    chances = rng.random(lists * settings.classes)
    alpha = max(rng.gamma(settings.alpha_shape, 1 / settings.alpha_rate), 1e-200)
    sticks = np.clip(rng.exponential(size=settings.classes - 1) / alpha, 1e-200, 1e200)
    return np.concatenate([np.log(chances) - np.log1p(-chances), np.log(sticks)])


def one_rank(lists: int, settings: LatentClassSettings, rng: np.random.Generator) -> int:
    """Rank of the true n0 among the draws, ties broken at random."""
    patterns = np.array([[code >> j & 1 for j in range(lists)] for code in range(1, 1 << lists)], np.uint8)
    chances, shares = (part[0] for part in unpack(prior_draw(lists, settings, rng)[None], lists))
    on = patterns[:, :, None] == 1
    prob = np.prod(np.where(on, chances, 1 - chances), axis=1) @ shares
    none = np.prod(1 - chances, axis=0) @ shares
    counts = rng.multinomial(PEOPLE, prob / prob.sum())
    truth = draw_unseen(np.array([[prob.sum(), none, 0.0]]), float(PEOPLE), rng=rng)[0]
    cells = Cells(patterns[counts > 0], counts[counts > 0].astype(float))
    chain = Chain(cells, settings, start_from_prior(cells, settings, rng=rng), rng)
    chain.warm_up(600)
    drawn = draw_unseen(chain.run(15 * DRAWS).heard[::15], float(PEOPLE), rng=rng)
    return int((drawn < truth).sum() + rng.integers(int((drawn == truth).sum()) + 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=1000)
    tables = parser.parse_args().tables
    rows = [f"Ranks of the true n0 among {DRAWS} draws, {datetime.now(UTC):%Y-%m-%d}, seed {SEED}, {tables} tables"]
    for lists in (3, 4):
        rng, started = np.random.default_rng([SEED, lists]), time.process_time()
        ranks = [one_rank(lists, LatentClassSettings(classes=CLASSES), rng) for _ in range(tables)]
        counts = np.bincount(ranks, minlength=DRAWS + 1)
        expected = tables / (DRAWS + 1)
        statistic = float(((counts - expected) ** 2 / expected).sum())
        p = float(chi2.sf(statistic, DRAWS))
        spent = time.process_time() - started
        rows += ["", f"{lists} lists: chi-square {statistic:.1f} on {DRAWS}, p = {p:.3f}, {spent:.0f} CPU s"]
        rows += [f"  {rank:>2} {count:>4} {'#' * round(20 * count / expected)}" for rank, count in enumerate(counts)]
        print("\n".join(rows[-(DRAWS + 2) :]), flush=True)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
