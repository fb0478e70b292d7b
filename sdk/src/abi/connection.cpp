// silex/connection.h
#include "abi/arguments.hpp"
#include "abi/gates.hpp"

#include <silex/connection.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <utility>

using silex::Core;
using silex::Status;
using silex::abi::ConnectionHandle;
using silex::abi::copy_struct;
using silex::abi::inside;
using silex::abi::null_argument;
using silex::abi::small_struct;
using silex::abi::unknown_connection;

namespace {

// Calls function(connection), or says why not.
template <typename Function>
silex_status with(silex_runtime* runtime, silex_id id, Function&& function) {
  return inside(runtime, &silex_runtime::accepting, [&](Core&) -> Status {
    const auto connection = runtime->connections().find(id);
    return connection ? function(*connection) : unknown_connection();
  });
}

}  // namespace

silex_status silex_connection_open(silex_runtime* runtime, const silex_connection_options* options,
                                   silex_id* connection) {
  return inside(runtime, &silex_runtime::accepting, [&](Core& core) -> Status {
    if (!connection)
      return null_argument("the place for the connection's id", "without it nothing can be sent");
    silex_connection_options known{};
    if (options) {
      Status copied =
          copy_struct("silex_connection_options", options, sizeof(silex_connection_options), known);
      if (!copied.ok()) return copied;
    }
    constexpr std::uint32_t flags =
        SILEX_CONNECTION_UNVERIFIED | SILEX_CONNECTION_UNCOMPRESSED | SILEX_CONNECTION_DIRECT;
    if ((known.flags & ~flags) != 0)
      return silex::abi::unknown_flags("silex_connection_options", known.flags);
    silex::net::Json auth;
    Status read = silex::abi::read_object("silex_connection_options.auth", known.auth, auth);
    if (!read.ok()) return read;
    try {
      *connection =
          runtime->connections().open(core.shared_from_this(), runtime->config(), known, std::move(auth));
    } catch (const std::invalid_argument& wrong) {
      return {SILEX_ERROR_INVALID_ARGUMENT, wrong.what()};
    }
    return *connection == 0 ? runtime->refusal() : Status();
  });
}

silex_status silex_connection_close(silex_runtime* runtime, silex_id connection) {
  return inside(runtime, &silex_runtime::accepting,
                [&](Core&) { return runtime->connections().close(connection); });
}

silex_status silex_connection_join(silex_runtime* runtime, silex_id connection, const char* nsp,
                                   const char* auth) {
  return with(runtime, connection, [&](ConnectionHandle& to) { return to.join(nsp, auth); });
}

silex_status silex_connection_leave(silex_runtime* runtime, silex_id connection, const char* nsp) {
  return with(runtime, connection, [&](ConnectionHandle& to) { return to.leave(nsp); });
}

silex_status silex_connection_listen(silex_runtime* runtime, silex_id connection,
                                     const silex_listener* listener) {
  return with(runtime, connection, [&](ConnectionHandle& to) -> Status {
    silex_listener known{};
    Status copied = copy_struct("silex_listener", listener, sizeof(silex_listener), known);
    return copied.ok() ? to.listen(known) : copied;
  });
}

silex_status silex_connection_reply(silex_runtime* runtime, silex_id connection, silex_id reply,
                                    const silex_arguments* arguments) {
  return with(runtime, connection, [&](ConnectionHandle& to) { return to.reply(reply, arguments); });
}

silex_status silex_connection_emit(silex_runtime* runtime, silex_id connection,
                                   const silex_emission* emission, silex_id* id) {
  return with(runtime, connection, [&](ConnectionHandle& to) -> Status {
    silex_emission known{};
    Status status = copy_struct("silex_emission", emission, sizeof(silex_emission), known);
    silex_id emitted = 0;
    if (status.ok()) status = to.emit(known, emitted);
    if (status.ok() && id) *id = emitted;
    return status;
  });
}

silex_status silex_connection_reconnect(silex_runtime* runtime, silex_id connection) {
  return with(runtime, connection, [](ConnectionHandle& to) -> Status {
    to.reconnect();
    return {};
  });
}

silex_status silex_connection_read(silex_runtime* runtime, silex_id connection,
                                   silex_connection_statistics* statistics) {
  return with(runtime, connection, [&](const ConnectionHandle& of) -> Status {
    if (!statistics) return null_argument("silex_connection_statistics", "pass one with its size set");
    if (statistics->size < sizeof statistics->size) {
      return small_struct("silex_connection_statistics", statistics->size, sizeof statistics->size);
    }
    silex_connection_statistics all = of.read();
    all.size = statistics->size;
    std::memcpy(statistics, &all, std::min<std::size_t>(statistics->size, sizeof all));
    return {};
  });
}
