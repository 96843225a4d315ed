"""Two APIs → their difference."""

from .api import Api
from .callers import compare_callers
from .changes import Difference, in_order
from .classes import compare_classes
from .comparison import begin
from .operations import compare_messages, compare_operations
from .places import compare_api, compare_channels, compare_security, compare_servers


def compare(old: Api, new: Api) -> Difference:
    """Return all that changed from one document to another."""
    comparison = begin(old, new)
    for part in (
        compare_api,
        compare_servers,
        compare_security,
        compare_channels,
        compare_operations,
        compare_messages,
        compare_classes,
        compare_callers,
    ):
        part(comparison)
    return Difference(old=old.side, new=new.side, changes=in_order(comparison.changes))
