# Generated from spec.yaml by stompgen. Do not edit.
# API 2.0.0, sha256 65a4f485d3f2…
"""The servers that the API is offered on."""

from stompws.addresses import Parameter
from stompws.descriptors import Endpoint

PRODUCTION = Endpoint(
    name="production",
    protocol="kafka-secure",
    location="{region}.parcels.example:9093",
    protocol_version="3.6",
    variables=(Parameter(name="region", argument="region", enum=("eu", "us"), default="eu"),),
    security=("certificate", "scram"),
    tags=("live",),
    bindings={"kafka": {"schemaRegistryUrl": "https://registry.example"}},
)
"""The brokers."""
