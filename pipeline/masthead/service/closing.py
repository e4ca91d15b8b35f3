"""A server that closes all of its connections when it ends."""

from __future__ import annotations

import asyncio
from socket import socket

import uvicorn


class ClosingServer(uvicorn.Server):
    """Uvicorn asks the connections that it has when it begins to end to close. One that was accepted just then stays
    open, as does one whose stream is cut off: these are closed here, after the time of grace.
    """

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        await super().shutdown(sockets)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)  # in which the connections are closed
