"""A proxy that notes which hosts it is asked to reach, and reaches none."""

from socketserver import StreamRequestHandler

from tests.support.servers.tcp_server import TcpServer


class ConnectProxy(TcpServer):
    """An HTTP proxy on this machine. `hosts` has each HOST:PORT of a CONNECT request."""

    def __init__(self) -> None:
        self.hosts: list[str] = []
        hosts = self.hosts

        class Handler(StreamRequestHandler):
            def handle(self) -> None:
                hosts.append(self.rfile.readline().split()[1].decode())
                self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")

        super().__init__(Handler)
