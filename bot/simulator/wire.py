"""Reading a Bot API request off the wire, and putting the answer or its failure back on it."""

import asyncio
from typing import Any

import aiohttp
import orjson
from aiohttp import web

from bot.simulator.errors import ApiError, bad_request
from bot.simulator.faults import Fault
from bot.simulator.models import JsonDict
from bot.simulator.params import Params, Upload

_PROXY_PAGE = "<html><head><title>{0} {1}</title></head><body><h1>{0} {1}</h1></body></html>"


async def read_params(request: web.Request) -> Params:
    """Collect arguments from the query, a form, JSON, or a multipart body."""
    values: dict[str, str] = dict(request.query)
    if request.content_type == "application/json":
        return Params(values | _from_json(await request.read()))
    files: dict[str, Upload] = {}
    for name, field in (await request.post()).items():
        if isinstance(field, web.FileField):
            files[name] = Upload(field.filename, field.content_type, field.file.read())
        else:
            values[name] = field if isinstance(field, str) else field.decode()
    return Params(values, files)


async def read_reply(response: aiohttp.ClientResponse) -> Params:
    """Collect the arguments a bot put into its answer to a webhook."""
    if response.content_type == "application/json":
        try:
            return Params(_from_json(await response.read()))
        except ApiError:
            return Params()
    values: dict[str, str] = {}
    files: dict[str, Upload] = {}
    if response.content_type.startswith("multipart/"):
        async for part in aiohttp.MultipartReader.from_response(response):
            if isinstance(part, aiohttp.BodyPartReader) and part.name:
                content = bytes(await part.read(decode=True))
                if part.filename:
                    files[part.name] = Upload(part.filename, "application/octet-stream", content)
                else:
                    values[part.name] = content.decode()
    return Params(values, files)


def _from_json(body: bytes) -> dict[str, str]:
    try:
        value = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("can't parse JSON object")
    return {name: _as_text(item) for name, item in value.items() if item is not None}


def _as_text(item: Any) -> str:
    return item if isinstance(item, str) else orjson.dumps(item).decode()


def as_response(body: JsonDict) -> web.Response:
    status = body.get("error_code", 200)
    wait = body.get("parameters", {}).get("retry_after")
    headers = {"Retry-After": str(wait)} if wait else {}
    content = orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS)
    return web.Response(
        body=content, status=status, headers=headers, content_type="application/json"
    )


async def spoil(request: web.Request, response: web.Response, fault: Fault) -> web.StreamResponse:
    """Let the answer reach the bot the way the fault says, or not at all."""
    match fault.kind:
        case "html":
            page = _PROXY_PAGE.format(fault.status, fault.error().description)
            return web.Response(text=page, status=fault.status, content_type="text/html")
        case "empty":
            return web.Response(status=fault.status)
        case "invalid_json":
            return web.Response(text='{"ok":tru', content_type="application/json")
        case "slow_headers":
            await asyncio.sleep(fault.seconds)
        case "slow_body":
            return await _slow_body(request, response, fault.seconds)
        case "reset_before" | "reset_after":
            _cut(request, politely=False)
        case "drop_response":
            _cut(request, politely=True)
    return response


def _cut(request: web.Request, *, politely: bool) -> None:
    if request.transport is None:
        return
    if politely:
        request.transport.close()
    else:
        request.transport.abort()


async def _slow_body(
    request: web.Request, response: web.Response, seconds: float
) -> web.StreamResponse:
    body = bytes(response.body) if isinstance(response.body, bytes) else b""
    slow = web.StreamResponse(status=response.status)
    slow.content_type = "application/json"
    slow.content_length = len(body)
    await slow.prepare(request)
    await slow.write(body[:1])
    await asyncio.sleep(seconds)
    await slow.write(body[1:])
    await slow.write_eof()
    return slow
