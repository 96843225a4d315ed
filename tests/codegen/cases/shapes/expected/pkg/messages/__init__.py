# Generated from spec.yaml by stompgen. Do not edit.
# API 0.1.0, sha256 4353a5f0a3b8…
"""The messages, in one module for each tag.

Their documentation names these sources:

- `guess`: A guess. Trust: low.
- `page`: The page. Trust: high.
"""
