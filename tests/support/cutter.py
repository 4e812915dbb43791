"""A proxy on loopback that cuts a connection where a transaction ends: before the server is told, at once, or after."""

from __future__ import annotations

import select
import socket
import threading
from contextlib import suppress

COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"
"""What a client sends to end a transaction."""

BEFORE, AT_ONCE, AFTER = "before", "at once", "after"
"""The server never hears of it; it does, and nobody waits for an answer; it has answered, and nobody hears that."""

_MUCH = 1 << 16


class Cutter:
    """Passes on what is said between clients and the server at a port, until `cut` says that the next end is cut.

    Where it is `closed`, nobody gets through any more.
    """

    def __init__(self, port: int) -> None:
        self._server = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.cut: str | None = None
        self.closed = False
        self.closes = False
        self.cuts = 0

    def __enter__(self) -> Cutter:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                if self.closed:
                    client.close()
                else:
                    threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError), socket.create_connection(("127.0.0.1", self._server)) as server:
            other = {client: server, server: client}
            while True:
                for side in select.select([client, server], [], [])[0]:
                    said = side.recv(_MUCH)
                    if not said:
                        return
                    if side is client and self.cut and COMMIT in said:
                        self._end(server, said)
                        return
                    other[side].sendall(said)

    def _end(self, server: socket.socket, said: bytes) -> None:
        """Cut here, and never again until it is said."""
        how, self.cut = self.cut, None
        self.cuts += 1
        self.closed = self.closes
        if how != BEFORE:
            server.sendall(said)
        if how == AFTER:
            server.recv(_MUCH)
