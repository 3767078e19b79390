"""Statistics against values worked out by hand, by SciPy, and by what must hold of any sample."""

import numpy as np
import pytest
from scipy.stats import binomtest, norm

from eval.statistics import POWER, Interval, Z, bootstrap, difference, holm, interval, mcnemar, wilson


def alone(n: int) -> list[str]:
    return [f"case-{place}" for place in range(n)]


def test_the_normal_quantiles_are_those_of_95_and_80_percent() -> None:
    assert pytest.approx(norm.ppf(0.975), abs=1e-6) == Z
    assert pytest.approx(norm.ppf(0.8), abs=1e-6) == POWER


@pytest.mark.parametrize(("successes", "n"), [(0, 20), (45, 50), (1, 3), (100, 100)])
def test_wilson_is_scipys(successes: int, n: int) -> None:
    expected = binomtest(successes, n).proportion_ci(method="wilson")
    found = wilson(successes, n)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-6)
    assert (found.mean, found.n) == (successes / n, n)


def test_mcnemar_is_the_two_sided_binomial_of_the_pairs_that_changed() -> None:
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(1, 9) == pytest.approx(2 * 11 / 2**10)  # C(10,0) + C(10,1), both tails
    assert mcnemar(9, 1) == mcnemar(1, 9)
    assert mcnemar(5, 5) == 1.0


def test_holm_adjusts_the_least_by_the_most_and_never_turns_the_order_round() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


def test_a_bootstrap_of_a_large_sample_is_near_the_normal_interval() -> None:
    values = np.random.default_rng(1).normal(0.6, 0.2, 400).tolist()
    found = bootstrap(values, alone(400))
    half = Z * np.std(values) / np.sqrt(400)
    assert found.mean == pytest.approx(np.mean(values))
    assert (found.mean - found.low, found.high - found.mean) == pytest.approx((half, half), rel=0.08)
    assert bootstrap(values, alone(400)) == found  # seeded


def test_cases_of_one_cluster_count_as_one() -> None:
    values = [0.0, 1.0, 0.5, 0.25] * 10
    apart = bootstrap(values, alone(40))
    # Each value four times over, as four paraphrases: no more is known than without them.
    together = bootstrap(values * 4, alone(40) * 4)
    assert (together.low, together.high) == pytest.approx((apart.low, apart.high), abs=1e-9)
    assert together.n == 160


def test_shares_of_paraphrases_claim_no_more_than_their_clusters() -> None:
    assert interval([1.0, 0.0, 1.0], alone(3), share=True) == wilson(2, 3)
    same = interval([1.0] * 6, ["a", "a", "b", "b", "c", "c"], share=True)
    assert same == Interval(1.0, wilson(3, 3).low, 1.0, 6)
    mixed = interval([1.0, 1.0, 0.0, 0.0, 1.0, 1.0], ["a", "a", "b", "b", "c", "c"], share=True)
    assert mixed.high - mixed.low > wilson(4, 6).high - wilson(4, 6).low


def test_a_difference_counts_wins_and_losses_and_tests_pass_and_fail_exactly() -> None:
    pairs = [(0.0, 1.0)] * 9 + [(1.0, 0.0)] + [(1.0, 1.0)] * 40
    found = difference(pairs, alone(50), share=True)
    assert (found.wins, found.losses, found.ties, found.n) == (9, 1, 40, 50)
    assert found.mean == pytest.approx(8 / 50)
    assert found.p == pytest.approx(mcnemar(9, 1))
    assert 0 < found.low < found.mean < found.high
    # 80 % power: 2.8 standard errors.
    gaps = [after - before for before, after in pairs]
    assert found.detectable == pytest.approx((Z + POWER) * np.std(gaps) / np.sqrt(50), rel=0.08)


def test_a_cluster_is_one_vote_of_mcnemars() -> None:
    pairs = [(0.0, 1.0)] * 8
    assert difference(pairs, ["a"] * 8, share=True).p == 1.0
    assert difference(pairs, alone(8), share=True).p == pytest.approx(2 / 2**8)


def test_the_bootstraps_p_is_near_that_of_a_z_test() -> None:
    gaps = np.random.default_rng(2).normal(0.03, 0.2, 300)
    found = difference([(0.5, 0.5 + gap) for gap in gaps], alone(300), share=False)
    z = gaps.mean() / (gaps.std() / np.sqrt(300))
    assert found.p == pytest.approx(2 * norm.sf(abs(z)), abs=0.01)


def test_two_equal_runs_do_not_differ_and_say_what_they_could_have_missed() -> None:
    found = difference([(0.3, 0.3)] * 100, alone(100), share=False)
    assert (found.mean, found.low, found.high, found.p, found.ties) == (0, 0, 0, 1, 100)
    assert found.detectable == pytest.approx(1 - 0.05 ** (1 / 100))  # the rule of three: nearly 3 / n
