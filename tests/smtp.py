"""A mail server on loopback that takes mails, says no, or falls silent at any step."""

import email
import email.policy
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage


class MailServer:
    """`refuse` and `silent_at` name a command: "" for the greeting, "RCPT", "DATA", "." for the end of a mail."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse: str | None = None
        self.silent_at: str | None = None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._over = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._listener.getsockname()[1]}"

    def receivers(self) -> list[str]:
        """Who got a mail, as often as they did."""
        return sorted(str(mail["To"]) for mail in list(self.mails))

    def close(self) -> None:
        self._over.set()
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError), connection, connection.makefile("rb") as lines:
            if not self._answer(connection, "", "220 here"):
                return
            for line in lines:
                command = line[:4].strip().upper().decode()
                if not self._answer(connection, command, "354 go" if command == "DATA" else "250 fine"):
                    return
                if command == "DATA" and self.refuse != "DATA":
                    mail = b"".join(iter(lines.readline, b".\r\n"))
                    self.mails.append(email.message_from_bytes(mail, policy=email.policy.default))
                    if not self._answer(connection, ".", "250 taken"):
                        return

    def _answer(self, connection: socket.socket, command: str, words: str) -> bool:
        if self.silent_at == command:
            self._over.wait(60)
            return False
        words = "451 not now" if self.refuse == command else words
        connection.sendall(f"{words}\r\n".encode())
        return True


@contextmanager
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    try:
        yield server
    finally:
        server.close()
