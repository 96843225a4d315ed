"""The objects of AsyncAPI 2.0 to 2.6: their fields, as `objects.py` describes those of 3.x.

One table for all seven: what a later version brought is no harm in an earlier one. Kinds that 3.x
does not have:

    choice of messages      a message, a reference to one, or `oneOf` of them
    payload                 whatever the `schemaFormat` beside it allows
    requirement             names of security schemes, each with its scopes
"""

from .objects import COMPONENTS, OBJECTS, Field, fields_of

COMMON = """
    tags: list of Tag
    externalDocs: ExternalDocs
    bindings: bindings
"""

OPERATION_TRAIT = COMMON + "operationId: text\nsecurity: list of requirement"

MESSAGE_TRAIT = (
    COMMON
    + """
    messageId: text
    headers: schema
    correlationId: CorrelationId
    contentType: text
    schemaFormat: text
    name: text
    examples: list of MessageExample
"""
)

COMPONENTS_2 = {
    key: kind
    for key, kind in COMPONENTS.items()
    if key not in ("operations", "replies", "replyAddresses", "tags", "externalDocs")
}

OBJECTS_2: dict[str, dict[str, Field]] = {
    **OBJECTS,
    "AsyncAPI": fields_of(
        """
        asyncapi!: text
        id: text
        info!: Info
        servers: map of Server
        defaultContentType: text
        channels!: map of Channel
        components: Components
        tags: list of Tag
        externalDocs: ExternalDocs
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
        """
    ),
    "Server": fields_of(
        """
        url!: text
        protocol!: text
        protocolVersion: text
        description: text
        variables: map of ServerVariable
        security: list of requirement
        tags: list of Tag
        bindings: bindings
        """
    ),
    "Channel": fields_of(
        """
        description: text
        servers: list of text
        subscribe: Operation
        publish: Operation
        parameters: map of Parameter
        bindings: bindings
        """
    ),
    "Parameter": fields_of("description: text\nschema: schema\nlocation: text"),
    "Operation": fields_of(
        OPERATION_TRAIT
        + """
        summary: text
        description: text
        traits: list of OperationTrait
        message: choice of messages
        """
    ),
    "OperationTrait": fields_of(OPERATION_TRAIT, "summary", "description"),
    "Message": fields_of(
        MESSAGE_TRAIT + "payload: payload\ntraits: list of MessageTrait",
        *("title", "summary", "description"),
    ),
    "MessageTrait": fields_of(MESSAGE_TRAIT, "title", "summary", "description"),
    "Components": fields_of(
        "\n".join(f"{key}: map of {kind}" for key, kind in COMPONENTS_2.items())
    ),
    "OAuthFlow": fields_of("scopes!: map of text", "authorizationUrl", "tokenUrl", "refreshUrl"),
}
