"""Reads the thresholds: the fields the rules declare, with their types; what is not given is the default."""

import dataclasses
import itertools
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from bot.content.problems import Notes
from bot.content.tree import Entry, mapping
from drills.policy import MINIMA, RISING, Policy
from drills.proofs import LARGEST, LONGEST
from drills.run_sheet import sound

FILE = "policy.yaml"

_FIELDS: dict[str, TypeAdapter[Any]] = {
    name: TypeAdapter(hint)
    for name, hint in get_type_hints(Policy).items()
    if name in {f.name for f in dataclasses.fields(Policy)}
}


def read_policy(folder: Path, notes: Notes) -> Policy:
    """The policy of policy.yaml; where something in it is wrong, its default stands while the problem is told."""
    root = mapping(folder, FILE, notes)
    values: dict[str, Any] = {
        name: value for name in _FIELDS if root and root.has(name) and (value := _value(root, name)) is not None
    }
    policy = Policy(**values)
    if root:
        root.finish()
        if not sound(policy.stages):
            root.note("policy-value", "stages", name="stages", text="、".join(str(n) for n in policy.stages))
            policy = dataclasses.replace(policy, stages=Policy().stages)
        if not sound(policy.stages, policy.stage_order):
            root.note("policy-value", "stage_order", name="stage_order", text="、".join(policy.stage_order))
            policy = dataclasses.replace(policy, stage_order=Policy().stage_order)
        for name, most in {"proof_days": LONGEST, "proof_megabytes": LARGEST}.items():
            if not 1 <= getattr(policy, name) <= most:
                root.note("policy-value", name, name=name, text=str(getattr(policy, name)))
                policy = dataclasses.replace(policy, **{name: getattr(Policy(), name)})
        for first, then in (pair for row in (*RISING, MINIMA) for pair in itertools.pairwise(row)):
            if getattr(policy, then) < getattr(policy, first):
                root.note("policy-order", then, first=first, then=then)
    return policy


def _value(root: Entry, name: str) -> object:
    raw: object = root.texts(name) if root.is_list(name) else root.text(name)
    try:
        return _FIELDS[name].validate_python(raw)
    except ValidationError:
        root.note("policy-value", name, name=name, text="、".join(raw) if isinstance(raw, tuple) else raw)
        return None


def policy_to_json(policy: Policy) -> dict[str, Any]:
    """As an edition keeps it."""
    return {name: kind.dump_python(getattr(policy, name), mode="json") for name, kind in _FIELDS.items()}


def policy_from_json(body: dict[str, Any]) -> Policy:
    """From an edition; a field that the edition did not know yet has its default."""
    return Policy(**{name: kind.validate_python(body[name]) for name, kind in _FIELDS.items() if name in body})
