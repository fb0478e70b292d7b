// Transports whose peer is the test: it sees what the client sends and says what the server would.
#pragma once

#include "net/transport.hpp"

#include <memory>
#include <string>
#include <vector>

namespace silex::net::test {

class ScriptedTransport;

// Every transport the client opens, in order; the present one is the last, and null once the client dropped
// it.
struct Wire {
  std::vector<ScriptedTransport*> transports;
  std::vector<Url> urls;

  ScriptedTransport* present() const { return transports.empty() ? nullptr : transports.back(); }
  TransportFactory factory();
};

class ScriptedTransport : public Transport {
 public:
  explicit ScriptedTransport(Wire& wire) : wire_(wire), index_(wire.transports.size()) {
    wire_.transports.push_back(this);
  }
  ~ScriptedTransport() override { wire_.transports[index_] = nullptr; }

  void open(const Url& url, const TransportOptions& with, TransportEvents& tell) override {
    wire_.urls.push_back(url);
    options = with;
    events = &tell;
  }
  void send(std::span<const FrameView> frames) override {
    ++writes;
    for (const auto& frame : frames) sent.push_back({std::string(frame.payload), frame.binary});
    if (writable) written();
  }
  void ping() override {
    ++pings;
    if (pongs) events->ponged();
  }
  void close(std::uint16_t code, std::string_view) override { close_code = code; }

  // What the operating system took, from all that was sent.
  void written() {
    const std::size_t frames = sent.size() - reported;
    reported = sent.size();
    if (frames > 0) events->written(frames);
  }
  void say(std::string_view text) {
    events->heard();
    events->message(text, false);
  }
  void say_binary(std::string_view bytes) {
    events->heard();
    events->message(bytes, true);
  }
  void break_down(const std::string& why = "the test pulled the plug") {
    events->closed({CloseCause::lost, 0, why});
  }
  void refuse(const std::string& why = "nobody listens") { events->closed({CloseCause::refused, 0, why}); }

  // All texts sent since the last call.
  std::vector<std::string> take_sent() {
    std::vector<std::string> texts;
    for (; taken < sent.size(); ++taken) texts.push_back(sent[taken].payload);
    return texts;
  }

  TransportOptions options;
  TransportEvents* events = nullptr;
  std::vector<Frame> sent;
  std::size_t taken = 0;
  std::size_t reported = 0;
  int writes = 0;
  int pings = 0;
  bool pongs = true;     // false: nothing comes back
  bool writable = true;  // false: frames stay unwritten until written() is called
  std::uint16_t close_code = 0;

 private:
  Wire& wire_;
  std::size_t index_;
};

inline TransportFactory Wire::factory() {
  return [this] { return std::make_unique<ScriptedTransport>(*this); };
}

}  // namespace silex::net::test
