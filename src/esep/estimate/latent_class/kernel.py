"""Compiled inner loops of the latent class sampler (Numba; about three seconds to compile once, then kept on disk).

The state is one vector: `x[j * K + h]` = logit of the chance that class h is on list j, then for the first K - 1
classes the log of e_h = -log(1 - V_h), V_h being the stick-breaking share. Class labels of people, n0 and the
concentration alpha are integrated out: what is left is prior x prod_x (p_x / q)^(beta n_x), where q is the chance
to be on a list at all (less impossible patterns) and beta an inverse temperature (1 = the posterior).

Model: Manrique-Vallier 2016 (Biometrics 72), section 3. Integrating alpha ~ Gamma(a, b) over V_h ~ Beta(1, alpha):
e_h | alpha is exponential with rate alpha, so p(e) is proportional to (b + sum e)^-(K - 1 + a).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

SMALLEST = 1e-290  # a cell chance below this counts as impossible: the point is refused
MOST_LOG = 600.0


@njit(cache=True, error_model="numpy")  # type: ignore[untyped-decorator]
def density(
    x: Any, on: Any, counts: Any, possible: int, settings: Any, beta: float, grad: Any, work: Any, out: Any
) -> float:
    """Log target at x; writes its gradient to `grad` and (q, p0, log likelihood) to `out`.

    `on` uint8[M, J]: patterns, of which the first `possible` were seen and the rest are impossible. `counts`
    float64[possible]. `settings` float64[4]: a, b of alpha; first and second parameter of the Beta prior on chances.
    `work` float64[M + 4, K * J]. Minus infinity where a cell seen has no chance.
    """
    rows, lists = on.shape
    classes = (x.shape[0] + 1) // (lists + 1)
    size = lists * classes
    chance, miss, share, load = work[rows], work[rows + 1], work[rows + 2], work[rows + 3]
    a, b, first, second = settings[0], settings[1], settings[2], settings[3]

    prior = 0.0
    for j in range(lists):
        product = 1.0
        for h in range(classes):
            value = x[j * classes + h]
            small = math.exp(-abs(value))
            inverse = 1.0 / (1.0 + small)
            product *= 1.0 + small
            if value >= 0.0:
                chance[j * classes + h], miss[j * classes + h] = inverse, small * inverse
                prior -= second * value
            else:
                chance[j * classes + h], miss[j * classes + h] = small * inverse, inverse
                prior += first * value
        prior -= (first + second) * math.log(product)
    rate, passed = b, 0.0
    for h in range(classes - 1):
        e = math.exp(min(x[size + h], MOST_LOG))
        share[h] = -math.expm1(-e) * math.exp(-passed)
        rate += e
        passed += e
        prior += x[size + h]
    share[classes - 1] = math.exp(-passed)
    prior -= (classes - 1 + a) * math.log(rate)

    people = 0.0
    for m in range(possible):
        people += counts[m]
    listed = 0.0
    unlisted = 0.0
    for h in range(classes):
        none = 1.0
        for j in range(lists):
            none *= miss[j * classes + h]
        seen = 1.0 - none
        if none > 0.9:  # 1 - none would lose digits where nearly everyone is unseen
            total = 0.0
            for j in range(lists):
                total += math.log1p(-chance[j * classes + h])
            seen = -math.expm1(total)
        listed += seen * share[h]
        load[h] = none * share[h]
        unlisted += load[h]
    for m in range(rows):
        cell = work[m]
        for h in range(classes):
            cell[h] = share[h]
        for j in range(lists):
            side = chance if on[m, j] else miss
            for h in range(classes):
                cell[h] *= side[j * classes + h]
    for m in range(possible, rows):
        for h in range(classes):
            listed -= work[m, h]
    if not listed > 0.0:
        return -np.inf

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
        grad[size + h] = here - later * e + 1.0 - (classes - 1 + a) * e / rate
    out[0], out[1], out[2] = listed, unlisted, likelihood
    return beta * likelihood + prior


@njit(cache=True, error_model="numpy")  # type: ignore[untyped-decorator]
def swap_labels(x: Any, y: Any, lists: int, picks: Any) -> float:
    """Write to y a relabelled x; log Jacobian. `picks` float64[3] uniform: which move, which classes.

    Moves: chances of two classes change places; two neighbours change places with their stick-breaking variables;
    two neighbours change places with their shares (the likelihood stays, only the prior decides).
    """
    classes = (x.shape[0] + 1) // (lists + 1)
    size = lists * classes
    for i in range(x.shape[0]):
        y[i] = x[i]
    h = int(picks[1] * (classes - 1))
    other = h + 1
    if picks[0] < 1.0 / 3.0:
        other = int(picks[2] * classes)
    for j in range(lists):
        y[j * classes + h], y[j * classes + other] = x[j * classes + other], x[j * classes + h]
    if picks[0] < 1.0 / 3.0 or h == classes - 2:
        return 0.0
    if picks[0] < 2.0 / 3.0:
        y[size + h], y[size + h + 1] = x[size + h + 1], x[size + h]
        return 0.0
    e_one, e_two = math.exp(x[size + h]), math.exp(x[size + h + 1])
    one, two = -math.expm1(-e_one), -math.expm1(-e_two)
    new_one = two * math.exp(-e_one)
    new_two = one / (1.0 - new_one)
    if not (0.0 < new_one < 1.0 and 0.0 < new_two < 1.0):
        return -np.inf
    f_one, f_two = -math.log1p(-new_one), -math.log1p(-new_two)
    y[size + h], y[size + h + 1] = math.log(f_one), math.log(f_two)
    before = -e_one + x[size + h] - e_two + x[size + h + 1]
    after = -f_one + y[size + h] - f_two + y[size + h + 1]
    return before - after - e_one + f_one


@njit(cache=True, error_model="numpy")  # type: ignore[untyped-decorator]
def trajectories(
    x: Any, on: Any, counts: Any, possible: int, settings: Any, beta: float,
    steps: Any, scale: Any, lengths: Any, normals: Any, uniforms: Any, states: Any, heard: Any,
) -> float:  # fmt: skip
    """Hamiltonian trajectories from x, which is moved; mean acceptance probability.

    `steps` float64[I] and `lengths` int64[I]: size and number of leapfrog steps. `normals` float64[I, D], `uniforms`
    float64[I, 1 + 4 * S] (acceptance, then S label moves). `states` float64[I, D] and `heard` float64[I, 3] (q, p0, log likelihood) are written.
    Source: Neal 2011, Handbook of MCMC, chapter 5.
    """
    size = x.shape[0]
    lists = on.shape[1]
    work = np.zeros((on.shape[0] + 4, size))
    grad, new_grad, y, speed = np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(size)
    out, new_out = np.zeros(3), np.zeros(3)
    target = density(x, on, counts, possible, settings, beta, grad, work, out)
    accepted = 0.0
    for i in range(normals.shape[0]):
        energy = target
        for d in range(size):
            speed[d] = normals[i, d]
            energy -= 0.5 * speed[d] * speed[d]
            y[d] = x[d]
            new_grad[d] = grad[d]
        length = steps[i]
        new = target
        for _ in range(lengths[i]):
            for d in range(size):
                speed[d] += 0.5 * length * scale[d] * new_grad[d]
                y[d] += length * scale[d] * speed[d]
            new = density(y, on, counts, possible, settings, beta, new_grad, work, new_out)
            if not new > target - 1000.0:
                new = -np.inf
                break
            for d in range(size):
                speed[d] += 0.5 * length * scale[d] * new_grad[d]
        chance = 0.0
        if new > -np.inf:
            for d in range(size):
                new -= 0.5 * speed[d] * speed[d]
            chance = math.exp(min(0.0, new - energy))
        accepted += chance
        if uniforms[i, 0] < chance:
            for d in range(size):
                new += 0.5 * speed[d] * speed[d]
                x[d] = y[d]
                grad[d] = new_grad[d]
            target = new
            for d in range(3):
                out[d] = new_out[d]
        for move in range((uniforms.shape[1] - 1) // 4):
            picks = uniforms[i, 1 + 4 * move : 5 + 4 * move]
            jacobian = swap_labels(x, y, lists, picks)
            if not jacobian > -np.inf:
                continue
            new = density(y, on, counts, possible, settings, beta, new_grad, work, new_out)
            if math.log(picks[3]) < new + jacobian - target:
                target = new
                for d in range(size):
                    x[d] = y[d]
                    grad[d] = new_grad[d]
                for d in range(3):
                    out[d] = new_out[d]
        for d in range(size):
            states[i, d] = x[d]
        for d in range(3):
            heard[i, d] = out[d]
    return accepted / normals.shape[0]
