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


def fields_of(lines: str, *texts: str) -> dict[str, Field]:
    """Read a description; the other texts are fields that hold a text."""
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
    "AsyncAPI": fields_of(
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
    "Info": fields_of(
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
    "Contact": fields_of("", "name", "url", "email"),
    "License": fields_of("name!: text\nurl: text"),
    "Server": fields_of(
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
    "ServerVariable": fields_of(
        "enum: list of text\nexamples: list of text", "default", "description"
    ),
    "Channel": fields_of(
        COMMON
        + """
        address: text?
        messages: map of Message
        servers: list of ref Server
        parameters: map of Parameter
        """,
        *TEXTS,
    ),
    "Parameter": fields_of(
        "enum: list of text\nexamples: list of text", "default", "description", "location"
    ),
    "Operation": fields_of(
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
    "OperationTrait": fields_of(OPERATION_TRAIT, *TEXTS),
    "Reply": fields_of(
        """
        address: ReplyAddress
        channel: ref Channel
        messages: list of ref Message
        """
    ),
    "ReplyAddress": fields_of("location!: text", "description"),
    "Message": fields_of(
        MESSAGE_TRAIT + "payload: schema\ntraits: list of MessageTrait",
        *TEXTS,
    ),
    "MessageTrait": fields_of(MESSAGE_TRAIT, *TEXTS),
    "MessageExample": fields_of("headers: map of any\npayload: any", "name", "summary"),
    "Tag": fields_of("name!: text\nexternalDocs: ExternalDocs", "description"),
    "ExternalDocs": fields_of("url!: text", "description"),
    "CorrelationId": fields_of("location!: text", "description"),
    "Components": fields_of("\n".join(f"{key}: map of {kind}" for key, kind in COMPONENTS.items())),
    "SecurityScheme": fields_of(
        "type!: one of userPassword apiKey X509 symmetricEncryption asymmetricEncryption"
        " httpApiKey http oauth2 openIdConnect plain scramSha256 scramSha512 gssapi\n"
        "flows: OAuthFlows\nscopes: list of text",
        *("description", "name", "in", "scheme", "bearerFormat", "openIdConnectUrl"),
    ),
    "OAuthFlows": fields_of(
        """
        implicit: OAuthFlow
        password: OAuthFlow
        clientCredentials: OAuthFlow
        authorizationCode: OAuthFlow
        """
    ),
    "OAuthFlow": fields_of(
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

MULTI_FORMAT = fields_of("schemaFormat!: text\nschema: any")
"""A schema in another language, or with its dialect named."""

JSON_SCHEMA_FORMATS = (
    "application/vnd.aai.asyncapi",
    "application/vnd.aai.asyncapi+json",
    "application/vnd.aai.asyncapi+yaml",
    "application/schema+json",
    "application/schema+yaml",
    "application/vnd.oai.openapi",
    "application/vnd.oai.openapi+json",
    "application/vnd.oai.openapi+yaml",
)


def is_json_schema(schema_format: Json) -> bool:
    """Tell whether a `schemaFormat` names a schema language of the family of JSON Schema."""
    return str(schema_format).partition(";")[0].strip() in JSON_SCHEMA_FORMATS
