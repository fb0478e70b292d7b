// silex::Connection as a client that tests drive: hub_client URL NAMESPACES. Reads and writes JSON, a line
// each: see ProcessClient in support/clients.js.
#include <silex/silex.hpp>

#include <chrono>
#include <exception>
#include <iostream>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

using nlohmann::json;

namespace {

void say(const json& what) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  std::cout << what.dump() << std::endl;
}

std::optional<std::string> next_line() {
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return line;
}

silex::task<> acknowledged(const silex::Namespace& nsp, json asked) {
  const std::string event = asked["event"];
  const std::string data = asked["data"].dump();
  const silex::EmitOptions patient{.timeout = std::chrono::seconds(20)};
  const silex::Arguments arguments("[" + data + "]");
  const auto answer = co_await nsp.emit_with_ack(event, arguments, patient);
  say({{"id", asked["id"]}, {"ack", json::parse(answer.json())[0]}});
}

silex::task<> talk(silex::Context ctx, std::string url, json names) {
  std::size_t joined = 0;
  silex::ConnectionOptions options{.url = url};
  options.on_state = [&](const silex::ConnectionState& state) {
    if (state.kind == SILEX_CONNECTION_JOINED && state.nsp != "/" && ++joined == names.size())
      say({{"ready", true}});
  };
  const silex::Connection connection(ctx, options);
  std::map<std::string, silex::Namespace> rooms;
  for (const auto& name : names) {
    const auto room = connection.join(name.get<std::string>());
    room.on("", [nsp = name.get<std::string>()](const silex::Event& event) {
      json said = {nsp, event.name};
      for (auto& argument : json::parse(event.arguments.json())) said.push_back(argument);
      say({{"event", said}});
    });
    rooms.emplace(name, room);
  }
  while (auto line = co_await ctx.worker(next_line)) {
    json asked = json::parse(*line);
    if (asked.contains("leave")) {
      connection.leave(asked["leave"].get<std::string>());
    } else if (asked.contains("id")) {
      co_await acknowledged(rooms.at(asked["nsp"]), asked);
    } else {
      rooms.at(asked["nsp"]).emit(asked["event"], "[" + asked["data"].dump() + "]");
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: hub_client URL NAMESPACES\n";
    return 2;
  }
  try {
    std::string url = argv[1];
    url.replace(0, 4, "ws");  // of "http"
    silex::Runtime runtime;
    runtime.start();
    runtime.spawn("talk", [&](silex::Context ctx) { return talk(ctx, url, json::parse(argv[2])); }).get();
  } catch (const std::exception& error) {
    std::cerr << "hub_client: " << error.what() << "\n";
    return 1;
  }
  return 0;
}
