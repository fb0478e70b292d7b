#include "console.hpp"  // read_line(), show(), and a message as JSON

#include <silex/silex.hpp>

silex::task<> chat(silex::Context ctx, std::string url, std::string name) {
  const silex::Connection connection(ctx, {.url = url});  // and again, whenever it is lost
  const auto room = connection.root();
  room.on("message", [](const silex::Event& event) { show(event.arguments.json()); });
  while (auto line = co_await ctx.worker([] { return read_line(); })) {
    const auto message = message_from(name, *line);
    // Kept and sent again until the server has it; waited for without holding anybody up.
    co_await room.emit_with_ack("message", message,
                                {.timeout = std::chrono::hours(1), .flags = SILEX_EMIT_AT_LEAST_ONCE});
    show(message);
  }
}
