"""Debian's python3-socketio as a client that tests drive: python_client.py TRANSPORT URL NAMESPACES.
Reads and writes JSON, a line each: see ProcessClient in support/clients.js."""
import asyncio
import json
import sys

import socketio


def say(what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


async def main(transport, url, namespaces):
    client = socketio.AsyncClient(reconnection=False)
    for nsp in namespaces:
        for name in ("query", "update", "clear", "undo", "launch", "dccConnect", "dccDisconnect", "actionQuery",
                     "actionUpdate", "clearAction", "frontEvent"):
            def heard(*arguments, nsp=nsp, name=name):
                say({"event": [nsp, name, *arguments]})
            client.on(name, heard, namespace=nsp)
    await client.connect(url, transports=[transport], namespaces=namespaces)
    assert client.transport() == transport
    say({"ready": True})

    reader = asyncio.StreamReader(limit=1 << 24)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        asked = json.loads(line)
        if "leave" in asked:
            # The public disconnect() leaves all namespaces at once.
            await client._send_packet(client.packet_class(socketio.packet.DISCONNECT, namespace=asked["leave"]))
            continue
        callback = None
        if "id" in asked:
            def callback(*answer, id=asked["id"]):
                say({"id": id, "ack": answer[0] if answer else None})
        await client.emit(asked["event"], asked.get("data"), namespace=asked["nsp"], callback=callback)
    await client.disconnect()
    if client.eio.http:  # which it leaves open
        await client.eio.http.close()


asyncio.run(main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3])))
