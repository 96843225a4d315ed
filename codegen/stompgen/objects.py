"""The objects of AsyncAPI 3.0 and 3.1: their fields, and what stands in each.

A description is a line of `field: kind` pairs; `field!` is required. Kinds:

    text, boolean, any      a JSON value
    text?                   a text or null
    one of a b c            a text out of a few
    Name                    an object described here, or a reference to one
    ref Name                a reference, nothing else
    list of KIND, map of KIND
    bindings, schema        not described here: any object; a JSON Schema

`x-` fields are allowed everywhere and are not named.
"""

import attrs

from .pointers import Json

TEXTS = ("title", "summary", "description")


@attrs.frozen
class Field:
    """One field of an object."""

    name: str
    kind: str
    required: bool = False


def _fields(lines: str, *texts: str) -> dict[str, Field]:
    fields = {name: Field(name, "text") for name in texts}
    for line in lines.strip().splitlines():
        name, _, kind = line.strip().partition(": ")
        plain = name.removesuffix("!")
        fields[plain] = Field(plain, kind, name.endswith("!"))
    return fields


COMMON = """
    tags: list of Tag
    externalDocs: ExternalDocs
    bindings: bindings
"""

OPERATION_TRAIT = COMMON + "security: list of SecurityScheme"

MESSAGE_TRAIT = (
    COMMON
    + """
    headers: schema
    correlationId: CorrelationId
    contentType: text
    name: text
    examples: list of MessageExample
"""
)

COMPONENTS = {
    "schemas": "schema",
    "servers": "Server",
    "channels": "Channel",
    "operations": "Operation",
    "messages": "Message",
    "securitySchemes": "SecurityScheme",
    "serverVariables": "ServerVariable",
    "parameters": "Parameter",
    "replies": "Reply",
    "replyAddresses": "ReplyAddress",
    "correlationIds": "CorrelationId",
    "operationTraits": "OperationTrait",
    "messageTraits": "MessageTrait",
    "serverBindings": "bindings",
    "channelBindings": "bindings",
    "operationBindings": "bindings",
    "messageBindings": "bindings",
    "tags": "Tag",
    "externalDocs": "ExternalDocs",
}

OBJECTS: dict[str, dict[str, Field]] = {
    "AsyncAPI": _fields(
        """
        asyncapi!: text
        id: text
        info!: Info
        servers: map of Server
        defaultContentType: text
        channels: map of Channel
        operations: map of Operation
        components: Components
        """
    ),
    "Info": _fields(
        """
        title!: text
        version!: text
        description: text
        termsOfService: text
        contact: Contact
        license: License
        tags: list of Tag
        externalDocs: ExternalDocs
        """
    ),
    "Contact": _fields("", "name", "url", "email"),
    "License": _fields("name!: text\nurl: text"),
    "Server": _fields(
        COMMON
        + """
        host!: text
        protocol!: text
        protocolVersion: text
        pathname: text
        variables: map of ServerVariable
        security: list of SecurityScheme
        """,
        *TEXTS,
    ),
    "ServerVariable": _fields(
        "enum: list of text\nexamples: list of text", "default", "description"
    ),
    "Channel": _fields(
        COMMON
        + """
        address: text?
        messages: map of Message
        servers: list of ref Server
        parameters: map of Parameter
        """,
        *TEXTS,
    ),
    "Parameter": _fields(
        "enum: list of text\nexamples: list of text", "default", "description", "location"
    ),
    "Operation": _fields(
        OPERATION_TRAIT
        + """
        action!: one of send receive
        channel!: ref Channel
        traits: list of OperationTrait
        messages: list of ref Message
        reply: Reply
        """,
        *TEXTS,
    ),
    "OperationTrait": _fields(OPERATION_TRAIT, *TEXTS),
    "Reply": _fields(
        """
        address: ReplyAddress
        channel: ref Channel
        messages: list of ref Message
        """
    ),
    "ReplyAddress": _fields("location!: text", "description"),
    "Message": _fields(
        MESSAGE_TRAIT + "payload: schema\ntraits: list of MessageTrait",
        *TEXTS,
    ),
    "MessageTrait": _fields(MESSAGE_TRAIT, *TEXTS),
    "MessageExample": _fields("headers: map of any\npayload: any", "name", "summary"),
    "Tag": _fields("name!: text\nexternalDocs: ExternalDocs", "description"),
    "ExternalDocs": _fields("url!: text", "description"),
    "CorrelationId": _fields("location!: text", "description"),
    "Components": _fields("\n".join(f"{key}: map of {kind}" for key, kind in COMPONENTS.items())),
    "SecurityScheme": _fields(
        "type!: one of userPassword apiKey X509 symmetricEncryption asymmetricEncryption"
        " httpApiKey http oauth2 openIdConnect plain scramSha256 scramSha512 gssapi\n"
        "flows: OAuthFlows\nscopes: list of text",
        *("description", "name", "in", "scheme", "bearerFormat", "openIdConnectUrl"),
    ),
    "OAuthFlows": _fields(
        """
        implicit: OAuthFlow
        password: OAuthFlow
        clientCredentials: OAuthFlow
        authorizationCode: OAuthFlow
        """
    ),
    "OAuthFlow": _fields(
        "availableScopes!: map of text", "authorizationUrl", "tokenUrl", "refreshUrl"
    ),
}

NO_REFERENCE = frozenset(
    {"AsyncAPI", "Info", "Contact", "License", "Components", "MessageExample", "OAuthFlows"}
)
"""Objects in whose place a reference is not allowed."""

IN_WORDS = {
    "AsyncAPI": "the document",
    "Info": "info",
    "Components": "components",
    "Contact": "a contact",
    "License": "a license",
    "Server": "a server",
    "ServerVariable": "a server variable",
    "Channel": "a channel",
    "Parameter": "a parameter",
    "Operation": "an operation",
    "OperationTrait": "an operation trait",
    "Reply": "a reply",
    "ReplyAddress": "a reply address",
    "Message": "a message",
    "MessageTrait": "a message trait",
    "MessageExample": "an example of a message",
    "Tag": "a tag",
    "ExternalDocs": "external documentation",
    "CorrelationId": "a correlation id",
    "SecurityScheme": "a security scheme",
    "OAuthFlows": "OAuth flows",
    "OAuthFlow": "an OAuth flow",
    "bindings": "bindings",
    "schema": "a schema",
}

NEEDED_BY_TYPE: dict[str, dict[str, tuple[str, ...]]] = {
    "apiKey": {"in": ("user", "password")},
    "httpApiKey": {"name": (), "in": ("query", "header", "cookie")},
    "http": {"scheme": ()},
    "oauth2": {"flows": ()},
    "openIdConnect": {"openIdConnectUrl": ()},
}
"""Fields that a security scheme needs besides its type, and the values they may have."""

MULTI_FORMAT = _fields("schemaFormat!: text\nschema!: any")
"""A schema in another language, or with its dialect named."""

JSON_SCHEMA_FORMATS = (
    "application/vnd.aai.asyncapi",
    "application/vnd.aai.asyncapi+json",
    "application/vnd.aai.asyncapi+yaml",
    "application/schema+json",
    "application/schema+yaml",
)


def is_json_schema(schema_format: Json) -> bool:
    """Tell whether a `schemaFormat` names the one schema language that is understood."""
    return str(schema_format).partition(";")[0].strip() in JSON_SCHEMA_FORMATS
