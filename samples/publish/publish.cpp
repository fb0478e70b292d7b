#include "console.hpp"  // show(), and approval(), which is what a user would answer

#include <silex/action.hpp>

silex::task<> publish(silex::Context ctx, const silex::Session& session) {
  const silex::ActionOptions seen{.session = &session};  // users see it, answer it, cancel and undo it
  silex::Action first(ctx, "publish", seen), second(ctx, "publish", seen);
  silex::Action review(ctx, "review", seen), render(ctx, "render", seen);
  second.set("export:cache:shot", "sh020");
  auto one = first.execute(), two = second.execute(), three = review.execute(), four = render.execute();
  while (review.read()["status"] != 2) co_await ctx.sleep(std::chrono::milliseconds(10));  // until it asks
  review.answer(approval());
  render.cancel();
  show(co_await one), show(co_await two), show(co_await three), show(co_await four);
  show(co_await second.undo(true));  // step by step, backwards: its files are gone again
}
