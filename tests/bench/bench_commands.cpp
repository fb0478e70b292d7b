// The command of the benchmark: one deferred call.
#include <silex/command.hpp>

namespace {

struct Defer : silex::Command {
  static constexpr const char* declaration = R"({"path": "bench.Defer"})";
  silex::task<silex::json> execute(silex::CommandContext& context) override {
    co_return co_await context.main_thread([] { return 1; });
  }
};

}  // namespace

SILEX_COMMAND_PACK(bench, "1.0", Defer)
