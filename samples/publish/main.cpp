// Runs four actions at once in a process of its own: publish FOLDER, which it works in.
#include "console.hpp"

#include <silex/silex.hpp>

#include <filesystem>
#include <iostream>

silex::task<> publish(silex::Context ctx, const silex::Session& session);

void show(const silex::ActionOutcome& outcome) {
  const char* const ends[] = {"", "completed", "failed", "cancelled", "undone"};
  std::cout << ends[outcome.end];
  if (!outcome.command.empty()) std::cout << " at " << outcome.command << ": " << outcome.message;
  std::cout << " " << outcome.outputs.dump() << std::endl;
}

silex::json approval() {
  const silex::json verdict{{"ask_user", false}, {"parameters", {{"message", {{"value", "approved"}}}}}};
  return {{"steps", {{"ask", {{"commands", {{"verdict", verdict}}}}}}}};
}

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: " << arguments[0] << " FOLDER\n";
    return 2;
  }
  try {
    std::filesystem::create_directories(arguments[1]);
    std::filesystem::current_path(arguments[1]);
    silex::Runtime runtime;
    runtime.start();
    // Where no service is there, it is looked for again and again; the actions run all the same.
    const silex::Session session(runtime.context());
    const auto run = [&](silex::Context ctx) { return publish(ctx, session); };
    runtime.spawn("publish", run).get();
  } catch (const silex::Error& error) {
    std::cerr << error.what() << "\n" << error.detail();
    return 1;
  }
}
