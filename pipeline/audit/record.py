"""The proof as values for programs."""

from __future__ import annotations

from typing import Any

from pipeline.audit.proving import Audit


def as_json(found: Audit) -> dict[str, Any]:
    """Return counts and differences as JSON values."""
    return {
        "proved": found.is_proved,
        "characters": found.characters,
        "edits": dict(found.edits.most_common()),
        "drops": dict(found.drops.most_common()),
        "editions": {
            edition.name: {
                "differences": [
                    {
                        "source": one.source,
                        "place": one.edition,
                        "missing": one.missing,
                        "extra": one.extra,
                    }
                    for one in proof.differences
                ],
                "pictures": [number for number, _ in proof.pictures],
            }
            for edition, proof in zip(found.editions, found.proofs, strict=True)
        },
    }
