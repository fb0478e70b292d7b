"""What commands ask users, and how they show how far they are."""

import asyncio
import pathlib
from typing import Optional

from silex_client.action.parameter_buffer import ParameterBuffer
from silex_client.utils.datatypes import SharedVariable
from silex_client.utils.enums import ConflictBehaviour
from silex_client.utils.parameter_types import RadioSelectParameterMeta, TextParameterMeta


async def prompt_override(command, file_path: pathlib.Path, action_query) -> ConflictBehaviour:
    """Asks what to do about a file that is there already."""
    choices = {
        "Override": ConflictBehaviour.OVERRIDE.value,
        "Keep existing": ConflictBehaviour.KEEP_EXISTING.value,
        "Always override": ConflictBehaviour.ALWAYS_OVERRIDE.value,
        "Always keep existing": ConflictBehaviour.ALWAYS_KEEP_EXISTING.value,
    }
    answer = await command.prompt_user(
        action_query,
        {
            "info": ParameterBuffer(
                name="info", type=TextParameterMeta("info"), label="Info", value="%s exists already" % file_path
            ),
            "conflict_behaviour": ParameterBuffer(
                name="conflict_behaviour", type=RadioSelectParameterMeta(**choices), label="Conflict behaviour"
            ),
        },
    )
    return ConflictBehaviour(int(answer["conflict_behaviour"]))


class UpdateProgress:
    """Shows a command's progress as long as the block runs: ``async with UpdateProgress(...)``."""

    def __init__(
        self, command_buffer, action_query, progress: SharedVariable, progress_total: SharedVariable, update_time: float
    ) -> None:
        self._buffer = command_buffer
        self._query = action_query
        self._progress = progress
        self._total = progress_total
        self._seconds = update_time
        self._task: Optional[asyncio.Task] = None

    async def _update(self) -> None:
        while True:
            await asyncio.sleep(self._seconds)
            total = self._total.value
            self._buffer.progress = int(100 * self._progress.value / total) if total else 100
            await self._query.async_update_websocket()

    async def __aenter__(self):
        self._task = asyncio.get_running_loop().create_task(self._update())
        return self._task

    async def __aexit__(self, *_exception) -> None:
        if self._task is not None:
            self._task.cancel()
        self._buffer.progress = 100
        await self._query.async_update_websocket()
