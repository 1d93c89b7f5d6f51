"""Requests to a supervisor, whose certificate is checked against the CA that the token pins."""

import base64
import http.client
import json
import ssl
import urllib.parse


class Unreachable(Exception):
    """Nobody answered in time, or somebody else did."""


def authority_of(url):
    """authority_of a cluster, unchecked: the token decides whether it is the right one."""
    unchecked = ssl.create_default_context()
    unchecked.check_hostname = False
    unchecked.verify_mode = ssl.CERT_NONE
    return answer(url, unchecked, "GET", "/cacerts")[1]


def ask(url, authority, method, path, login=None, body=None, headers=None, certificate=None):
    """ask returns status and answer; the other side must have a certificate of that authority."""
    context = ssl.create_default_context(cadata=authority.decode())
    if certificate is not None:
        context.load_cert_chain(*certificate)
    sent = dict(headers or {})
    if login is not None:
        sent["Authorization"] = "Basic " + base64.b64encode(login.encode()).decode()
    return answer(url, context, method, path, None if body is None else json.dumps(body), sent)


def answer(url, context, method, path, body=None, headers=None):
    where = urllib.parse.urlsplit(url)
    connection = http.client.HTTPSConnection(where.hostname, where.port, timeout=20, context=context)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(f"{url}: {error}") from error
    finally:
        connection.close()
