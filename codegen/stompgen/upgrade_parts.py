"""The objects that are written differently in 2.x and 3.x, one by one.

Each function changes an object of our own copy, and returns what has moved inside of it: by new
pointers, below the object, the old ones.
"""

import re

from .document import Document
from .pointers import Json, as_list, as_object, as_text, join, reference, referred, texts

URL = re.compile(r"(?:(?P<scheme>[^/:]*):)?//(?P<host>[^/?#]*)(?P<path>.*)", re.DOTALL)
BARE = re.compile(r"(?P<host>[^/?#]*)(?P<path>.*)", re.DOTALL)
WEB_SOCKET = ("ws", "wss")


def server(value: dict[str, Json], document: Document) -> dict[str, str]:
    """`url` becomes `host` and `pathname`; a `wss` that the protocol does not say is kept."""
    origins: dict[str, str] = {}
    url = as_text(value.pop("url", None))
    if url is not None:
        match = URL.fullmatch(url) or BARE.fullmatch(url)
        parts = match.groupdict() if match else {}
        scheme, host, path = parts.get("scheme"), parts.get("host", ""), parts.get("path", "")
        value["host"] = host.rpartition("@")[2]  # a user's name and password are not told to anyone
        if path:
            value["pathname"] = path
            origins["/pathname"] = "/url"
        origins["/host"] = "/url"
        if scheme in WEB_SOCKET and value.get("protocol") not in WEB_SOCKET:
            value.setdefault("x-transport", {"protocol": scheme})
            origins["/x-transport"] = "/url"
        _drop_unused(value, scheme)
    value.update(security(value, document))
    return origins


def _drop_unused(value: dict[str, Json], scheme: str | None) -> None:
    """Without the scheme of the url, the variable that stood there is not used."""
    variables = value.get("variables")
    if scheme is None or not scheme.startswith("{") or not isinstance(variables, dict):
        return
    if scheme not in f"{value.get('host')}{value.get('pathname')}":
        variables.pop(scheme[1:-1], None)


def security(owner: dict[str, Json], document: Document) -> dict[str, Json]:
    """Return `security` of an operation or server: names become references."""
    requirements = owner.get("security")
    if not isinstance(requirements, list):
        return {} if requirements is None else {"security": requirements}
    known = as_object(document.look("/components/securitySchemes"))
    names = dict.fromkeys(
        name for item in requirements for name in as_object(item) if name in known
    )
    listed: list[Json] = [
        {"$ref": reference(join("/components/securitySchemes", name))} for name in names
    ]
    return {"security": listed}


def security_scheme(value: dict[str, Json], _: Document) -> dict[str, str]:
    """`scopes` of a flow are `availableScopes`."""
    origins: dict[str, str] = {}
    for name, flow in as_object(value.get("flows")).items():
        if isinstance(flow, dict) and "scopes" in flow:
            flow["availableScopes"] = flow.pop("scopes")
            origins[join("/flows", name, "availableScopes")] = join("/flows", name, "scopes")
    return origins


def parameter(value: dict[str, Json], document: Document) -> dict[str, str]:
    """A parameter's values are texts in 3.x; the schema is kept as `x-schema`."""
    if "schema" not in value:
        return {}
    schema = value.pop("schema")
    value["x-schema"] = schema
    said = _followed(schema, document)
    listed = texts(as_list(said.get("enum")))
    if listed and len(listed) == len(as_list(said.get("enum"))):
        value.setdefault("enum", list(listed))
    if (default := as_text(said.get("default"))) is not None and (not listed or default in listed):
        value.setdefault("default", default)
    if (description := as_text(said.get("description"))) is not None:
        value.setdefault("description", description)
    if examples := texts(as_list(said.get("examples"))):
        value.setdefault("examples", list(examples))
    return {"/x-schema": "/schema"}


def _followed(schema: Json, document: Document) -> dict[str, Json]:
    target = as_text(as_object(schema).get("$ref"))
    if target is not None and target.startswith("#"):
        return as_object(document.look(referred(target)))
    return as_object(schema)


def operation_trait(value: dict[str, Json], document: Document) -> dict[str, str]:
    """An id says nothing in a trait."""
    value.pop("operationId", None)
    value.update(security(value, document))
    return {}


def message_trait(value: dict[str, Json], _: Document) -> dict[str, str]:
    """Neither id nor format say anything in a trait."""
    value.pop("messageId", None)
    value.pop("schemaFormat", None)
    return {}
