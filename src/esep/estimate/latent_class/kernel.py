"""Compiled inner loops of the latent class sampler (Numba; about three seconds to compile once, then kept on disk).

The state is one vector: `x[j * K + h]` = logit of the chance that class h is on list j, then for the first K - 1
classes the log of e_h = -log(1 - V_h), V_h being the stick-breaking share. Class labels of people, n0 and the
concentration alpha are integrated out: what is left is prior x prod_x (p_x / q)^(beta n_x), where q is the chance
to be on a list at all (less impossible patterns) and beta an inverse temperature (1 = the posterior).

Model: Manrique-Vallier 2016 (Biometrics 72), section 3. Integrating alpha ~ Gamma(a, b) over V_h ~ Beta(1, alpha):
e_h | alpha is exponential with rate alpha, so p(e) is proportional to (b + sum e)^-(K - 1 + a).

Arguments of every loop: `on` uint8[M, J]: patterns, of which the first `counts` (float64) were seen and the rest are
impossible. `settings` float64[4]: a, b of alpha; first and second parameter of the Beta prior on chances. `work`
float64[M + 5, K * J]: rows 0 to M - 1 for cells, then chances, their complements, class shares, class loads, scalars.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

SMALLEST = 1e-290  # a cell chance below this counts as impossible: the point is refused
MOST_LOG = 600.0
WORK_ROWS = 5

# Only the loops called from outside are kept on disk: what they call is compiled into them.


@njit(error_model="numpy")
def read_chances(x: Any, settings: Any, chance: Any, miss: Any, lists: int, classes: int) -> Any:  # noqa: PLR0917
    """Fill in chances and their complements; log prior of the chances (with the Jacobian of the logit)."""
    first, second = settings[2], settings[3]
    prior = 0.0
    for j in range(lists):
        product = 1.0
        for i in range(j * classes, (j + 1) * classes):
            value = x[i]
            small = math.exp(-abs(value))
            inverse = 1.0 / (1.0 + small)
            product *= 1.0 + small
            if value >= 0.0:
                chance[i], miss[i] = inverse, small * inverse
                prior -= second * value
            else:
                chance[i], miss[i] = small * inverse, inverse
                prior += first * value
        prior -= (first + second) * math.log(product)
    return prior


@njit(error_model="numpy")
def read_shares(x: Any, settings: Any, share: Any, size: int, classes: int) -> Any:
    """Fill in the class shares; log prior of the sticks, and b + sum e."""
    rate, passed, prior = settings[1], 0.0, 0.0
    for h in range(classes - 1):
        e = math.exp(min(x[size + h], MOST_LOG))
        share[h] = -math.expm1(-e) * math.exp(-passed)
        rate += e
        passed += e
        prior += x[size + h]
    share[classes - 1] = math.exp(-passed)
    return prior - (classes - 1 + settings[0]) * math.log(rate), rate


@njit(error_model="numpy")
def weigh_unseen(chance: Any, miss: Any, share: Any, load: Any, lists: int, classes: int) -> Any:  # noqa: PLR0917
    """Chance to be on a list and on none, the latter by class in `load`; 1 - p0 keeps its digits where p0 is near 1."""
    listed, unlisted = 0.0, 0.0
    for h in range(classes):
        none = 1.0
        for j in range(lists):
            none *= miss[j * classes + h]
        seen = 1.0 - none
        if none > 0.9:
            total = 0.0
            for j in range(lists):
                total += math.log1p(-chance[j * classes + h])
            seen = -math.expm1(total)
        listed += seen * share[h]
        load[h] = none * share[h]
        unlisted += load[h]
    return listed, unlisted


@njit(error_model="numpy")
def weigh_cells(on: Any, work: Any, possible: int, classes: int) -> Any:
    """Chance of class and pattern together in the cell rows of `work`; total chance of the impossible patterns."""
    rows, lists = on.shape
    chance, miss, share = work[rows], work[rows + 1], work[rows + 2]
    impossible = 0.0
    for m in range(rows):
        cell = work[m]
        for h in range(classes):
            cell[h] = share[h]
        for j in range(lists):
            side = chance if on[m, j] else miss
            for h in range(classes):
                cell[h] *= side[j * classes + h]
        if m >= possible:
            for h in range(classes):
                impossible += cell[h]
    return impossible


@njit(error_model="numpy")
def expect_members(counts: Any, work: Any, rows: int, classes: int, listed: float, beta: float) -> Any:  # noqa: PLR0917
    """Turn cell rows into expected people by class (observed, impossible; the unseen in `load`); log likelihood."""
    load, possible = work[rows + 3], counts.shape[0]
    people = 0.0
    for m in range(possible):
        people += counts[m]
    likelihood = -people * math.log(listed)
    for m in range(possible):
        total = 0.0
        for h in range(classes):
            total += work[m, h]
        if not total > SMALLEST:
            return -np.inf
        likelihood += counts[m] * math.log(total)
        factor = beta * counts[m] / total
        for h in range(classes):
            work[m, h] *= factor
    factor = beta * people / listed
    for h in range(classes):
        load[h] *= factor
    for m in range(possible, rows):
        for h in range(classes):
            work[m, h] *= factor
    return likelihood


@njit(error_model="numpy")
def write_gradient(x: Any, on: Any, settings: Any, rate: float, work: Any, grad: Any, classes: int) -> None:  # noqa: PLR0917
    """Gradient: members on the list less members times chance; sticks by members here and in later classes."""
    rows, lists = on.shape
    size, chance, load = lists * classes, work[rows], work[rows + 3]
    first, second = settings[2], settings[3]
    for i in range(size):
        grad[i] = 0.0
    for m in range(rows):
        cell = work[m]
        for h in range(classes):
            load[h] += cell[h]
        for j in range(lists):
            if on[m, j]:
                for h in range(classes):
                    grad[j * classes + h] += cell[h]
    for j in range(lists):
        for h in range(classes):
            grad[j * classes + h] += first - (first + second + load[h]) * chance[j * classes + h]
    later = 0.0
    for h in range(classes - 2, -1, -1):
        later += load[h + 1]
        e = math.exp(min(x[size + h], MOST_LOG))
        here = load[h] if e < 1e-8 else load[h] * e / math.expm1(min(e, MOST_LOG))
        grad[size + h] = here - later * e + 1.0 - (classes - 1 + settings[0]) * e / rate


@njit(cache=True, error_model="numpy")
def density(x: Any, on: Any, counts: Any, settings: Any, beta: float, grad: Any, work: Any, out: Any) -> Any:  # noqa: PLR0917
    """Log target at x; writes its gradient to `grad` and (q, p0, log likelihood) to `out`.

    Minus infinity where a cell seen has no chance.
    """
    rows, lists = on.shape
    classes = (x.shape[0] + 1) // (lists + 1)
    chance, miss, share, load = work[rows], work[rows + 1], work[rows + 2], work[rows + 3]
    prior = read_chances(x, settings, chance, miss, lists, classes)
    sticks, rate = read_shares(x, settings, share, lists * classes, classes)
    listed, unlisted = weigh_unseen(chance, miss, share, load, lists, classes)
    listed -= weigh_cells(on, work, counts.shape[0], classes)
    if not listed > 0.0:
        return -np.inf
    likelihood = expect_members(counts, work, rows, classes, listed, beta)
    if not likelihood > -np.inf:
        return -np.inf
    write_gradient(x, on, settings, rate, work, grad, classes)
    out[0], out[1], out[2] = listed, unlisted, likelihood
    return beta * likelihood + prior + sticks


@njit(error_model="numpy")
def copy(source: Any, target: Any) -> None:
    """Copy a vector; written as a loop, which compiles several times faster than a slice."""
    for d in range(source.shape[0]):
        target[d] = source[d]


@njit(cache=True, error_model="numpy")
def swap_labels(x: Any, y: Any, lists: int, picks: Any) -> Any:
    """Write to y a relabelled x; log Jacobian. `picks` float64[3] uniform: which move, which classes.

    Moves: chances of two classes change places; two neighbours change places with their stick-breaking variables;
    two neighbours change places with their shares (the likelihood stays, only the prior decides).
    """
    classes = (x.shape[0] + 1) // (lists + 1)
    size = lists * classes
    copy(x, y)
    h = int(picks[1] * (classes - 1))
    other = int(picks[2] * classes) if picks[0] < 1.0 / 3.0 else h + 1
    for j in range(lists):
        y[j * classes + h], y[j * classes + other] = x[j * classes + other], x[j * classes + h]
    if picks[0] < 1.0 / 3.0 or h == classes - 2:
        return 0.0
    if picks[0] < 2.0 / 3.0:
        y[size + h], y[size + h + 1] = x[size + h + 1], x[size + h]
        return 0.0
    return swap_shares(x, y, size + h)


@njit(error_model="numpy")
def swap_shares(x: Any, y: Any, place: int) -> Any:
    """Let the shares of two neighbouring classes change places; log Jacobian, minus infinity where it cannot be."""
    e_one, e_two = math.exp(x[place]), math.exp(x[place + 1])
    one, two = -math.expm1(-e_one), -math.expm1(-e_two)
    new_one = two * math.exp(-e_one)
    new_two = one / (1.0 - new_one)
    if not (0.0 < new_one < 1.0 and 0.0 < new_two < 1.0):
        return -np.inf
    f_one, f_two = -math.log1p(-new_one), -math.log1p(-new_two)
    y[place], y[place + 1] = math.log(f_one), math.log(f_two)
    before = -e_one + x[place] - e_two + x[place + 1]
    after = -f_one + y[place] - f_two + y[place + 1]
    return before - after - e_one + f_one


@njit(error_model="numpy")
def leapfrog(  # noqa: PLR0917
    y: Any, speed: Any, on: Any, counts: Any, settings: Any, beta: float, step: float, scale: Any, number: int,
    least: float, grad: Any, work: Any, out: Any,
) -> Any:  # fmt: skip
    """Move y and its speed `number` steps; log target there, minus infinity once it falls below `least`."""
    target = -np.inf
    for _ in range(number):
        for d in range(y.shape[0]):
            speed[d] += 0.5 * step * scale[d] * grad[d]
            y[d] += step * scale[d] * speed[d]
        target = density(y, on, counts, settings, beta, grad, work, out)
        if not target > least:
            return -np.inf
        for d in range(y.shape[0]):
            speed[d] += 0.5 * step * scale[d] * grad[d]
    return target


@njit(cache=True, error_model="numpy")
def trajectories(  # noqa: PLR0917
    x: Any, on: Any, counts: Any, settings: Any, beta: float,
    steps: Any, scale: Any, lengths: Any, normals: Any, uniforms: Any, states: Any, heard: Any,
) -> Any:  # fmt: skip
    """Hamiltonian trajectories from x, which is moved; mean acceptance probability.

    `steps` float64[I] and `lengths` int64[I]: size and number of leapfrog steps. `normals` float64[I, D], `uniforms`
    float64[I, 1 + 4 * S] (acceptance, then S label moves). `states` float64[I, D] and `heard` float64[I, 3] (q, p0,
    log likelihood) are written. Source: Neal 2011, Handbook of MCMC, chapter 5.
    """
    size, lists = x.shape[0], on.shape[1]
    work = np.zeros((on.shape[0] + WORK_ROWS, size))
    grad, new_grad, y, speed = np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(size)
    out, new_out = np.zeros(3), np.zeros(3)
    target = density(x, on, counts, settings, beta, grad, work, out)
    accepted = 0.0
    for i in range(normals.shape[0]):
        copy(x, y)
        copy(grad, new_grad)
        energy = target
        for d in range(size):
            speed[d] = normals[i, d]
            energy -= 0.5 * speed[d] * speed[d]
        new = leapfrog(
            y, speed, on, counts, settings, beta, steps[i], scale, lengths[i], target - 1000.0, new_grad, work, new_out
        )
        chance = 0.0
        if new > -np.inf:
            gain = new - energy
            for d in range(size):
                gain -= 0.5 * speed[d] * speed[d]
            chance = math.exp(min(0.0, gain))
        accepted += chance
        if uniforms[i, 0] < chance:
            copy(y, x)
            copy(new_grad, grad)
            copy(new_out, out)
            target = new
        for move in range((uniforms.shape[1] - 1) // 4):
            picks = uniforms[i, 1 + 4 * move : 5 + 4 * move]
            jacobian = swap_labels(x, y, lists, picks)
            if not jacobian > -np.inf:
                continue
            new = density(y, on, counts, settings, beta, new_grad, work, new_out)
            if math.log(picks[3]) < new + jacobian - target:
                copy(y, x)
                copy(new_grad, grad)
                copy(new_out, out)
                target = new
        copy(x, states[i])
        copy(out, heard[i])
    return accepted / normals.shape[0]
