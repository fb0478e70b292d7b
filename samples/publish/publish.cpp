#include "console.hpp"  // show()

#include <silex/action.hpp>

silex::task<> publish(silex::Context ctx, const silex::Session& session) {
  silex::Action first(ctx, "publish", {.session = &session});  // users see it, answer it, cancel and undo it
  silex::Action second(ctx, "publish", {.session = &session});
  second.set("export:cache:shot", "sh020");
  auto beside = second.execute();  // it runs; nobody waits for it yet
  show(co_await first.execute());
  show(co_await beside);
  show(co_await second.undo(true));  // step by step, backwards: its files are gone again
}
