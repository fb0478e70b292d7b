#include "host.hpp"  // std::string scene_name(); void show(std::string): this host's own, main thread only

#include <silex/silex.hpp>

silex::task<> hello(silex::Context ctx) {
  auto name = co_await ctx.main_thread([] { return scene_name(); });    // on the host's main thread
  auto sum = co_await ctx.worker([&] { return slow_checksum(name); });  // on a worker: it may block
  co_await ctx.main_thread([&] { show("scene '" + name + "' has the checksum " + sum); });
}

void start(silex::Runtime& runtime) {  // once, on the main thread: from the entry of your plug-in
  runtime.choose_adapter();            // the one that knows this process, of those on SILEX_ADAPTER_PATH
  runtime.start();
  runtime.spawn("hello", hello);  // on the loop; the artist goes on working
}
