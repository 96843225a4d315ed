"""JSON Merge Patch (RFC 7386): a revision of a document, written as what changes in it.

A member of the patch replaces the one of the same name, objects are merged member by member, `null`
removes, and a list is replaced as a whole. So a patch cannot set a member to `null`.
"""

from .pointers import Json


def merge_patch(target: Json, patch: Json) -> Json:
    """Return the target with the patch applied; neither is changed."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged
