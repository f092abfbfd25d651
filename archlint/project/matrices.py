"""The combinations of a job's matrix, as far as it is constant."""

from itertools import islice, product

from archlint.pipelines import Matrix

MOST = 256
"""Jobs that GitHub makes of one matrix."""

_Pairs = tuple[tuple[str, str], ...]


def combinations(matrix: Matrix) -> tuple[dict[str, str], ...]:
    """Each combination by key; one without keys for a job that has no matrix, or none that is constant."""
    choices = [values for _, values in matrix.axes if values]
    made: list[dict[str, str]] = [
        {key: text for pairs in chosen for key, text in pairs} for chosen in islice(product(*choices), MOST)
    ]
    kept = [case for case in made if not any(_agrees(case, excluded) for excluded in matrix.exclude)]
    return tuple(_with_more(kept if choices else [], matrix.include)) or ({},)


def _agrees(case: dict[str, str], pairs: _Pairs) -> bool:
    return bool(pairs) and all(case.get(key) == text for key, text in pairs)


def _with_more(cases: list[dict[str, str]], include: tuple[_Pairs, ...]) -> list[dict[str, str]]:
    """GitHub's rule: an entry joins each combination whose own values it leaves alone, or is one more."""
    originals = [dict(case) for case in cases]
    more: list[dict[str, str]] = []
    for pairs in include[:MOST]:
        fitting = [
            case
            for case, original in zip(cases, originals, strict=True)
            if all(original.get(key, text) == text for key, text in pairs)
        ]
        for case in fitting:
            case.update(pairs)
        if not fitting:
            more.append(dict(pairs))
    return [*cases, *more]
