// What people do with windows while calls pend: dialogs, closing, quitting.
#include "application_test.hpp"

#include <QDialog>
#include <QMessageBox>
#include <atomic>

namespace silex::test {
namespace {

// The dialog is opened by a call, so the drain is on the stack all the time; calls go on behind it, in the
// dialog's own event loop, and the last one closes it.
TEST_F(Qt, CallsGoOnBehindAModalDialog) {
  QDialog dialog(window.get());
  std::atomic<int> behind = 0;
  auto opens = runtime->spawn("open", [&](Context ctx) -> task<int> {
    co_return co_await ctx.main_thread([&] { return dialog.exec(); });
  });
  auto others = runtime->spawn("others", [&](Context ctx) -> task<> {
    co_await ctx.main_thread([&] { EXPECT_TRUE(dialog.isVisible()); });
    for (int i = 0; i < 500; ++i) co_await ctx.main_thread([&] { ++behind; });
    co_await ctx.main_thread([&] { dialog.done(7); });
  });
  EXPECT_EQ(run(opens), 7);
  run(others);
  EXPECT_EQ(behind, 500);
}

TEST_F(Qt, CallsGoOnBehindADialogInADialog) {
  QMessageBox outer(QMessageBox::Information, "outer", "one", QMessageBox::Ok, window.get());
  QMessageBox inner(QMessageBox::Information, "inner", "two", QMessageBox::Ok, &outer);
  auto opens =
      runtime->spawn("open", [&](Context ctx) -> task<> { co_await ctx.main_thread([&] { outer.exec(); }); });
  auto again = runtime->spawn(
      "again", [&](Context ctx) -> task<> { co_await ctx.main_thread([&] { inner.exec(); }); });
  auto closes = runtime->spawn("close", [&](Context ctx) -> task<> {
    for (bool both = false; !both;) {
      both = co_await ctx.main_thread([&] { return outer.isVisible() && inner.isVisible(); });
    }
    co_await ctx.main_thread([&] { inner.accept(); });
    co_await ctx.main_thread([&] { outer.accept(); });
  });
  run(opens);
  run(again);
  run(closes);
}

// The user closes the last window: the application leaves its loop, and whoever waits is told.
TEST_F(Qt, ClosingTheLastWindowStopsTheRuntime) {
  bool window_was_there = false;
  auto task_ = runtime->spawn("for ever", [&](Context ctx) -> task<> {
    for (int i = 0;; ++i) {
      co_await ctx.main_thread([&] {
        window_was_there = window != nullptr;
        if (i == 100) window->close();
      });
    }
  });
  EXPECT_EQ(application.exec(), 0);
  EXPECT_FALSE(runtime->is_running());
  EXPECT_THROW(task_.get(), HostGone);
  EXPECT_TRUE(window_was_there);
}

TEST_F(Qt, QuitFromInsideACallWithADialogOpenStopsTheRuntime) {
  QDialog dialog(window.get());
  auto opens = runtime->spawn(
      "open", [&](Context ctx) -> task<> { co_await ctx.main_thread([&] { dialog.exec(); }); });
  auto quits = runtime->spawn("quit", [&](Context ctx) -> task<> {
    for (bool open = false; !open;) open = co_await ctx.main_thread([&] { return dialog.isVisible(); });
    co_await ctx.main_thread([] { QCoreApplication::quit(); });
  });
  application.exec();
  EXPECT_FALSE(runtime->is_running());
  EXPECT_TRUE(quits.has_ended());
  EXPECT_TRUE(opens.has_ended());
}

}  // namespace
}  // namespace silex::test
