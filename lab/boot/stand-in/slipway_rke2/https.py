"""An HTTPS server that gives each connection a thread, so that one that hangs holds up nobody."""

import http.server
import json
import os
import ssl
import tempfile
import threading


class Https(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port, certificate, answer, client_authority=None):
        """answer is called with the request and returns a status and a text, bytes or a value for JSON."""
        self.answer = answer
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.NamedTemporaryFile("w") as file:
            file.write("".join(certificate))
            file.flush()
            self.context.load_cert_chain(file.name)
        if client_authority is not None:
            self.context.verify_mode = ssl.CERT_OPTIONAL
            self.context.load_verify_locations(cadata=client_authority)
        super().__init__((os.environ.get("STAND_IN_ADDRESS", "0.0.0.0"), port), Request)

    def start(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def finish_request(self, request, client_address):
        request.settimeout(60)
        with self.context.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, client_address)

    def handle_error(self, request, client_address):
        """A probe that leaves in the middle of a handshake is no event."""


class Request(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_any(self):
        length = int(self.headers.get("Content-Length", "0"))
        self.body = self.rfile.read(length)
        status, answer = self.server.answer(self)
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = handle_any

    def user(self):
        """user and groups that the client's certificate names; None without one."""
        certificate = self.connection.getpeercert()
        if not certificate:
            return None
        subject = [pair for names in certificate["subject"] for pair in names]
        groups = [value for key, value in subject if key == "organizationName"]
        return next(value for key, value in subject if key == "commonName"), groups

    def log_message(self, *_):
        """Only what it decides is worth a line."""
