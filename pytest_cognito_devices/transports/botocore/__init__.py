"""Calls of botocore's clients, and of aiobotocore's, answered by hooks.

At `before-call`, the ordinary case, a call needs no credentials, no signing and no parsing. An
answer that the client's retries have to see is given at `before-send` instead, attempt by attempt,
as if it came from the network.
"""
