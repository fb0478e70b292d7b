// A small product inside Blender: it embeds the runtime, plays one scenario on the loop, and keeps figures
// of what it saw. The script that starts it supplies what is done with `bpy`.
#pragma once

#include <silex/silex.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace probe {

using Clock = std::chrono::steady_clock;

// Does in Python what `what` names. Writes a text of at most `size` bytes, NUL included: the answer, or the
// traceback where it returns 0. Takes the GIL itself. [main-thread]
using PythonCallback = int (*)(const char* what, int index, char* text, int size);

class Probe {
 public:
  void open(std::chrono::milliseconds no_pump);  // creates, chooses the adapter, starts
  void close();                                  // stops and destroys
  void stop() { runtime_->stop(); }
  void start() { runtime_->start(); }

  void set_python(PythonCallback callback) { python_ = callback; }
  // Throws what Python raised, as std::runtime_error. [main-thread]
  std::string python(const char* what, int index = 0) const;

  void play(const std::string& scenario);
  [[nodiscard]] bool has_ended() const { return played_.has_ended(); }
  silex::Runtime& runtime() { return *runtime_; }

  // [any-thread]
  void note(const std::string& name, double figure);
  void add(const std::string& name, double figure);
  void note_text(const std::string& name, std::string text);
  [[nodiscard]] std::string json() const;

 private:
  std::unique_ptr<silex::Runtime> runtime_;
  silex::TaskHandle<void> played_;
  PythonCallback python_ = nullptr;
  mutable std::mutex mutex_;
  std::map<std::string, double> figures_;
  std::map<std::string, std::string> texts_;
};

// The scenarios. Each plays on the loop and ends by having Blender quit, but for those of a batch Blender.
using Scenario = silex::task<void> (*)(silex::Context, Probe&);
silex::task<void> play_edits(silex::Context ctx, Probe& probe);
silex::task<void> play_heartbeat(silex::Context ctx, Probe& probe);
silex::task<void> play_chain(silex::Context ctx, Probe& probe);
silex::task<void> play_quit_pending(silex::Context ctx, Probe& probe);
silex::task<void> play_quit_from_call(silex::Context ctx, Probe& probe);
silex::task<void> play_file_load(silex::Context ctx, Probe& probe);
silex::task<void> play_calls(silex::Context ctx, Probe& probe);
silex::task<void> play_unpumped(silex::Context ctx, Probe& probe);

// Waits until Blender has started up: its first frame blocks the main thread for up to some seconds.
silex::task<void> settle(silex::Context ctx);

inline double seconds_between(Clock::time_point begin, Clock::time_point end) {
  return std::chrono::duration<double>(end - begin).count();
}

}  // namespace probe
