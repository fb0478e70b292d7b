// silex/session.h
#include "abi/arguments.hpp"
#include "abi/gates.hpp"

#include <silex/session.h>

#include <cstddef>
#include <string>
#include <utility>

using silex::Core;
using silex::Status;
using silex::abi::inside;
using silex::abi::null_argument;
using silex::abi::SessionHandle;

namespace {

// Of silex_session_options in ABI 1.2, which ended before on_launch.
constexpr std::size_t kFirstSize = offsetof(silex_session_options, on_launch);

// Calls function(session), or says why not.
template <typename Function>
silex_status with(silex_runtime* runtime, silex_id id, Function&& function) {
  return inside(runtime, &silex_runtime::accepting, [&](Core&) -> Status {
    const auto connection = runtime->connections().find(id);
    if (!connection) return silex::abi::unknown_connection();
    const auto session = connection->session();
    if (session) return function(*session);
    return {SILEX_ERROR_NOT_FOUND, "the connection has no session: call silex_session_begin() first"};
  });
}

// The same for functions that take an object as text.
template <typename Function>
silex_status with_object(silex_runtime* runtime, silex_id id, const char* what, const char* text,
                         Function&& function) {
  return with(runtime, id, [&](SessionHandle& session) -> Status {
    if (!text) return null_argument(what, "pass a JSON object");
    silex::net::Json object;
    Status read = silex::abi::read_object(what, text, object);
    return read.ok() ? function(session, std::move(object)) : read;
  });
}

}  // namespace

silex_status silex_session_begin(silex_runtime* runtime, silex_id connection,
                                 const silex_session_options* options) {
  return inside(runtime, &silex_runtime::accepting, [&](Core&) -> Status {
    silex_session_options known{};
    if (options) {
      Status copied = silex::abi::copy_struct("silex_session_options", options, kFirstSize, known);
      if (!copied.ok()) return copied;
    }
    if (known.reserved != 0) {
      return {SILEX_ERROR_INVALID_ARGUMENT, "silex_session_options.reserved is " +
                                                std::to_string(known.reserved) +
                                                ": it must be 0 until it has a meaning"};
    }
    const auto on = runtime->connections().find(connection);
    if (!on) return silex::abi::unknown_connection();
    const std::string& host = runtime->adapter_name();
    return on->begin_session(known, host.empty() ? "standalone" : host, runtime->actions());
  });
}

silex_status silex_session_context(silex_runtime* runtime, silex_id connection, char* text, uint64_t size,
                                   uint64_t* length) {
  return with(runtime, connection, [&](const SessionHandle& session) -> Status {
    silex::abi::write_text(session.context(), text, size, length);
    return {};
  });
}

silex_status silex_session_set_context(silex_runtime* runtime, silex_id connection, const char* context) {
  return with_object(
      runtime, connection, "the context", context,
      [](SessionHandle& session, silex::net::Json read) { return session.set_context(std::move(read)); });
}

silex_status silex_session_query(silex_runtime* runtime, silex_id connection, const char* action) {
  return with_object(
      runtime, connection, "the action", action,
      [](SessionHandle& session, silex::net::Json read) { return session.query(std::move(read)); });
}

silex_status silex_session_update(silex_runtime* runtime, silex_id connection, const char* diff) {
  return with_object(
      runtime, connection, "the update", diff,
      [](SessionHandle& session, silex::net::Json read) { return session.update(std::move(read)); });
}

silex_status silex_session_clear(silex_runtime* runtime, silex_id connection, const char* uuid) {
  return with(runtime, connection, [&](SessionHandle& session) {
    return uuid ? session.clear(uuid) : null_argument("the action's uuid", "pass that of a running action");
  });
}
