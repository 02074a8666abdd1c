"""MLflow's Flask part below uvicorn, for large artifacts and slow clients.

A body goes through a file in /tmp and never as a whole through memory, and an
answer waits for its client. Every request has a thread of its own: asgiref
otherwise has one for all of them, and one slow download holds up everybody.
"""

from asgiref.sync import ThreadSensitiveContext
from asgiref.wsgi import WsgiToAsgi


class WSGIMiddleware(WsgiToAsgi):
    async def __call__(self, scope, receive, send):
        async with ThreadSensitiveContext():
            await super().__call__(scope, receive, send)
