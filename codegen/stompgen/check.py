"""All checks of a document, one after the other; none of them stops the next.

They find everything that `generate` would refuse but for the names of classes and of what is in
them: those come from datamodel-code-generator, which takes a second to start. So only `generate`
tells that two names become one in Python, where `check` cannot see it.
"""

from .document import Document
from .extensions import check_extensions
from .problems import Problems
from .replies import check_replies
from .schema_check import check_schemas
from .semantics import check_semantics
from .structure import check_structure, check_version
from .traits import apply_traits


def check(document: Document, problems: Problems) -> None:
    """Add everything that is wrong with a document to the problems."""
    document.read_as.check_references(problems)
    if not check_version(document, problems):
        return
    structure = check_structure(document, problems)
    check_replies(document, problems)
    effective = apply_traits(document)
    before = len(problems.errors)
    check_schemas(effective, structure, problems)
    sound = len(problems.errors) == before
    check_extensions(effective, structure, problems)
    check_semantics(effective, structure, problems)
    if sound:  # by a schema that is wrong itself, nothing can be judged
        from .example_check import check_examples

        check_examples(effective, structure, problems)
    from .rehearsal import rehearse

    rehearse(effective, problems)
