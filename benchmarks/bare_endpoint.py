"""The least that a server of the same framework can do with a function call: read its JSON and answer a column of as many rows.

    python -m uvicorn --factory benchmarks.bare_endpoint:application

`benchmarks.server` puts it beside ours.
"""

# FastAPI reads the types of arguments when the endpoint is made, so they are no strings here.
from typing import Any

from fastapi import Body, FastAPI

CALL = "/xlwings/custom-functions-call"


def application() -> FastAPI:
    """The application, for `uvicorn --factory`."""
    bare = FastAPI()

    @bare.post(CALL)
    async def call(data: dict[str, Any] = Body()) -> dict[str, list[list[float]]]:  # noqa: B008 - FastAPI's own way
        return {"result": [[0.5] for _ in data["args"][0]]}

    @bare.get("/")
    async def ready() -> str:
        return "ready"

    return bare
