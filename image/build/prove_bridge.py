"""Proves the bridge to Flask on the uvicorn of this image, or ends with an error."""

import hashlib
import http.client
import socket
import threading
import time

import uvicorn
from flask import Flask, Response, request
from mlflow_wsgi_bridge import WSGIMiddleware

MIB = 1 << 20
flask = Flask("proof")
left = threading.Semaphore(0)
read = threading.Semaphore(0)


@flask.post("/up")
def up():
    digest = hashlib.sha256()
    while block := request.stream.read(MIB):
        digest.update(block)
    return digest.hexdigest()


@flask.get("/down")
def down():
    def blocks():
        try:
            for _ in range(64):
                yield bytes(MIB)
        finally:
            left.release()

    return Response(blocks())


@flask.get("/pieces")
def pieces():
    return Response(bytes(256) for _ in range(64 * 4096))


@flask.get("/events")
def events():
    def blocks():
        yield b"data: first\n\n"
        assert read.acquire(timeout=10), "an event waits for the next one"
        yield b"data: last\n\n"

    return Response(blocks(), mimetype="text/event-stream")


def serve():
    server = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(WSGIMiddleware(flask), lifespan="off", log_level="error")
    run = uvicorn.Server(config).run
    threading.Thread(target=run, args=([server],), daemon=True).start()
    return server.getsockname()


def ask(address, method, path, body=None):
    connection = http.client.HTTPConnection(*address, timeout=20)
    connection.request(method, path, body)
    return connection.getresponse().read()


def main():
    address = serve()
    body = b"artifact" * (4 * MIB)
    assert ask(address, "POST", "/up", body).decode() == hashlib.sha256(body).hexdigest()
    assert len(ask(address, "GET", "/down")) == 64 * MIB
    assert left.acquire(timeout=10)

    began = time.monotonic()
    assert len(ask(address, "GET", "/pieces")) == 64 * MIB
    assert time.monotonic() - began < 20, "small pieces are not gathered"
    with socket.create_connection(address, timeout=10) as client:
        client.sendall(b"GET /events HTTP/1.1\r\nHost: proof\r\nConnection: close\r\n\r\n")
        answer = b""
        while b"first" not in answer:
            answer += client.recv(65536)
        read.release()
        while b"last" not in answer:
            answer += client.recv(65536)

    stalled = [socket.create_connection(address) for _ in range(8)]
    for client in stalled:
        client.sendall(b"GET /down HTTP/1.1\r\nHost: proof\r\n\r\n")
    began = time.monotonic()
    ask(address, "POST", "/up", b"small")
    assert time.monotonic() - began < 5, "clients that do not read hold others up"
    for client in stalled:
        client.close()
    for _ in stalled:
        assert left.acquire(timeout=10), "a client that left keeps its thread"

    count = 50
    with socket.create_connection(address, timeout=10) as client:
        small = b"POST /up HTTP/1.1\r\nHost: proof\r\nContent-Length: 1\r\n\r\nx"
        client.sendall(small * count)
        answers = b""
        while answers.count(b"HTTP/1.1 200") < count:
            answers += client.recv(65536)
            assert b"HTTP/1.1 5" not in answers, "one connection, many requests"
    print("bridge: proven")


main()
