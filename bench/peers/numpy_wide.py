# SPDX-License-Identifier: Apache-2.0
"""numpy, wide form: reporters by periods, rows gathered by group, and a sorted reduction.

The pairs are sorted by group beforehand, which is given for nothing. Long becomes wide by one scatter. Each statistic
is a reduceat over contiguous rows of one gathered matrix; missing cells are the neutral element of each, so the
gathering is done once a statistic and no NaN-aware function, which would be slower, is needed.
"""
import numpy as np
from peer import serve


def prepare(c):
    order = np.argsort(c.pair_group, kind="stable")
    rows = c.pair_reporter[order]
    first = np.searchsorted(c.pair_group[order], np.arange(c.groups))
    return c, rows, first


def job(prepared):
    c, rows, first = prepared
    at = c.reporter * c.periods + c.period

    def wide(values, neutral):
        x = np.full(c.reporters * c.periods, neutral)
        x[at] = values
        return x.reshape(c.reporters, c.periods)

    total = np.add.reduceat(wide(c.value, 0.0)[rows], first, axis=0)
    count = np.add.reduceat(wide(np.ones(1), 0.0)[rows], first, axis=0)
    low = np.minimum.reduceat(wide(c.value, np.inf)[rows], first, axis=0)
    high = np.maximum.reduceat(wide(c.value, -np.inf)[rows], first, axis=0)
    return total, count, low, high


def answers(c, r):
    return tuple(x.ravel() for x in r)


serve(prepare, job, answers)
