"""Names of a claim that its source lacks."""

from __future__ import annotations

from assistant.understanding.names import names_in
from index.analysis import fold, terms


def absent_names(claim: str, source: str) -> list[str]:
    """The proper names of a claim, as reasons, of which the source holds no form."""
    held = set(terms(source))
    folded = fold(source)
    return [
        f"name:{name.text}"
        for name in names_in(claim)
        if not any(fold(form) in folded or held.issuperset(t for t in terms(form) if len(t) > 1) for form in name.forms)
    ]
