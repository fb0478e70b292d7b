#include "probe.hpp"

#include <array>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace probe {

namespace {

const std::map<std::string, Scenario> kScenarios{
    {"edits", &play_edits},
    {"heartbeat", &play_heartbeat},
    {"chain", &play_chain},
    {"quit_pending", &play_quit_pending},
    {"quit_from_call", &play_quit_from_call},
    {"file_load", &play_file_load},
    {"calls", &play_calls},
    {"unpumped", &play_unpumped},
};

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += std::string("\\") + c;
    } else if (static_cast<unsigned char>(c) < ' ') {
      result += ' ';
    } else {
      result += c;
    }
  }
  return result + '"';
}

}  // namespace

void Probe::open(std::chrono::milliseconds no_pump) {
  silex::RuntimeOptions options;
  options.no_pump = no_pump;
  runtime_ = std::make_unique<silex::Runtime>(std::move(options));
  runtime_->choose_adapter();
  note_text("adapter", runtime_->adapter_name());
  runtime_->start();
}

void Probe::close() {
  runtime_->stop();
  played_ = {};
  runtime_.reset();
}

std::string Probe::python(const char* what, int index) const {
  std::array<char, 4096> text{};
  if (python_(what, index, text.data(), static_cast<int>(text.size())) != 0) return text.data();
  throw std::runtime_error(std::string(what) + " raised: " + text.data());
}

void Probe::play(const std::string& scenario) {
  const Scenario to_play = kScenarios.at(scenario);
  played_ = runtime_->spawn(scenario, [this, to_play](silex::Context ctx) -> silex::task<void> {
    try {
      co_await to_play(ctx, *this);
      note("played", 1);
    } catch (const std::exception& error) {
      note_text("failure", error.what());
    }
  });
}

void Probe::note(const std::string& name, double figure) {
  const std::lock_guard lock(mutex_);
  figures_[name] = figure;
}

void Probe::add(const std::string& name, double figure) {
  const std::lock_guard lock(mutex_);
  figures_[name] += figure;
}

void Probe::note_text(const std::string& name, std::string text) {
  const std::lock_guard lock(mutex_);
  texts_[name] = std::move(text);
}

std::string Probe::json() const {
  const std::lock_guard lock(mutex_);
  std::ostringstream json;
  json.precision(12);
  const char* separator = "{";
  for (const auto& [name, figure] : figures_) {
    json << std::exchange(separator, ", ") << quoted(name) << ": " << figure;
  }
  for (const auto& [name, text] : texts_) {
    json << std::exchange(separator, ", ") << quoted(name) << ": " << quoted(text);
  }
  json << (*separator == '{' ? "{}" : "}");
  return json.str();
}

silex::task<void> settle(silex::Context ctx) {
  using namespace std::chrono_literals;
  const auto begin = Clock::now();
  for (int steady = 0; steady < 20 && Clock::now() - begin < 30s;) {
    const auto before = Clock::now();
    co_await ctx.main_thread([] {});
    steady = Clock::now() - before < 40ms ? steady + 1 : 0;
    co_await ctx.sleep(10ms);
  }
}

}  // namespace probe
