"""MLflow's Flask part below uvicorn, for large artifacts and slow clients.

A body goes through a file in /tmp and never as a whole through memory; an
answer waits for its client, in a thread of its own, so that a slow download
holds up nobody else.
"""

import asyncio
import contextvars
import threading
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile

from asgiref.wsgi import WsgiToAsgiInstance

# Each may wait for a client that does not read; a sleeping thread costs little.
THREADS = ThreadPoolExecutor(max_workers=100, thread_name_prefix="mlflow")
IN_MEMORY = 64 * 1024
# MLflow 3.6 sends a file line by line: gathered, that is minutes less for a GiB.
BLOCK = 256 * 1024


class WSGIMiddleware:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            raise ValueError(f"MLflow serves no {scope['type']}")
        loop = asyncio.get_running_loop()
        gone = threading.Event()

        def send_from_thread(message):
            if gone.is_set():
                raise ConnectionAbortedError("the client is gone")
            asyncio.run_coroutine_threadsafe(send(message), loop).result()

        with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            if not await _receive(receive, body):
                return
            request = WsgiToAsgiInstance(self.app)
            request.scope = scope
            environ = request.build_environ(scope, body)
            context = contextvars.copy_context()
            try:
                await loop.run_in_executor(
                    THREADS, context.run, _answer, self.app, environ, send_from_thread
                )
            finally:
                gone.set()


async def _receive(receive, body):
    """Whether the whole body came."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return False
        body.write(message.get("body", b""))
        if not message.get("more_body"):
            body.seek(0)
            return True


def _gathered(chunks, start):
    """The chunks in larger blocks; events come at once, since people wait for them."""
    block = bytearray()
    for chunk in chunks:
        block += chunk
        if len(block) >= BLOCK or (block and _is_events(start["message"])):
            yield bytes(block)
            block.clear()
    if block:
        yield bytes(block)


def _is_events(message):
    return any(
        name == b"content-type" and value.startswith(b"text/event-stream")
        for name, value in message["headers"]
    )


def _answer(app, environ, send):
    start = {}

    def start_response(status, headers, exc_info=None):
        if exc_info and start.get("sent"):
            raise exc_info[1].with_traceback(exc_info[2])
        start["message"] = {
            "type": "http.response.start",
            "status": int(status.split(" ", 1)[0]),
            "headers": [
                (name.lower().encode("latin1"), value.encode("latin1"))
                for name, value in headers
            ],
        }

    chunks = app(environ, start_response)
    try:
        for chunk in _gathered(chunks, start):
            if not start.get("sent"):
                start["sent"] = True
                send(start["message"])
            send({"type": "http.response.body", "body": chunk, "more_body": True})
        if not start.get("sent"):
            send(start["message"])
        send({"type": "http.response.body"})
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
