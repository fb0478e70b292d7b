// A real Qt application with a window, and a runtime that has found it; the test is its main().
#pragma once

#include <silex/silex.hpp>

#include <QApplication>
#include <QEventLoop>
#include <QMainWindow>
#include <QTimer>
#include <chrono>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::test {

// Named as ctest shows it; Qt's own namespace is ::Qt here.
class Qt : public ::testing::Test {
 protected:
  void SetUp() override {
    window = std::make_unique<QMainWindow>();
    window->resize(200, 100);
    window->show();
    runtime = std::make_unique<Runtime>();
    runtime->choose_adapter();
    runtime->start();
    // A test that hangs ends, and has failed.
    QObject::connect(&alarm_, &QTimer::timeout, [this] {
      is_late_ = true;
      QCoreApplication::exit(1);
    });
    alarm_.start(std::chrono::seconds(30));
  }
  void TearDown() override { EXPECT_FALSE(is_late_) << "the application still ran after 30 s"; }

  // The application's event loop, until `condition` holds.
  template <typename Condition>
  void run_until(Condition condition) {
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, [&] {
      if (condition() || is_late_) loop.quit();
    });
    look.start(0);
    loop.exec();
  }
  // The same until the task has ended.
  template <typename T>
  T run(TaskHandle<T> task) {
    run_until([&] { return task.has_ended(); });
    return task.get();
  }

 private:
  // Without a display, but where a test has one.
  const bool platform_ =
      qputenv("QT_QPA_PLATFORM", qEnvironmentVariable("SILEX_TEST_QT_PLATFORM", "offscreen").toUtf8());
  int argc_ = 1;
  char name_[8] = "qt_test";
  char* argv_[2] = {name_, nullptr};
  bool is_late_ = false;

 protected:
  QApplication application{argc_, argv_};
  std::unique_ptr<QMainWindow> window;
  std::unique_ptr<Runtime> runtime;

 private:
  QTimer alarm_;
};

}  // namespace silex::test
