# SPDX-License-Identifier: Apache-2.0
"""scipy, wide form: sums and counts as products of the sparse group x reporter matrix, extremes as numpy does them.

The sparse matrix is made beforehand and given for nothing. There is no sparse product over (min, max), so the extremes
are reductions over gathered rows.
"""
import numpy as np
import scipy.sparse as sp
from peer import serve


def prepare(c):
    ones = np.ones(len(c.pair_group))
    groups = sp.csr_matrix((ones, (c.pair_group, c.pair_reporter)), shape=(c.groups, c.reporters))
    groups.sort_indices()
    return c, groups


def job(prepared):
    c, groups = prepared
    at = c.reporter * c.periods + c.period

    def wide(values, neutral):
        x = np.full(c.reporters * c.periods, neutral)
        x[at] = values
        return x.reshape(c.reporters, c.periods)

    total = groups @ wide(c.value, 0.0)
    count = groups @ wide(np.ones(1), 0.0)
    rows, first = groups.indices, groups.indptr[:-1]
    low = np.minimum.reduceat(wide(c.value, np.inf)[rows], first, axis=0)
    high = np.maximum.reduceat(wide(c.value, -np.inf)[rows], first, axis=0)
    return total, count, low, high


def answers(c, r):
    return tuple(x.ravel() for x in r)


serve(prepare, job, answers)
