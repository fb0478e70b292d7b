// What the codec costs per packet, beside nlohmann's own writer and parser for the same JSON.
#include "net/codec/socket_io_decode.hpp"
#include "net/codec/socket_io_encode.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace silex::net;

// An event of about `size` bytes, as an action sends its progress.
Arguments update(std::size_t size) {
  return {{{"progress", 42},
           {"status", 3},
           {"text", std::string(size - 100, 'x')},
           {"uuid", std::string(36, 'u')}}};
}

const std::string& event_text(std::size_t size) {
  static std::string text;
  socket_io::Attachments attachments;
  text.clear();
  socket_io::append_event(text, attachments, "/dcc/action", 12'345, "update", update(size));
  return text;
}

constexpr std::string_view ack_text = R"(3/dcc/action,12345[{"status":200,"msg":"ok"}])";

void encode_event(benchmark::State& state) {
  const Arguments arguments = update(static_cast<std::size_t>(state.range(0)));
  socket_io::Attachments attachments;
  for (auto _ : state) {
    std::string text(1, '4');
    socket_io::append_event(text, attachments, "/dcc/action", 12'345, "update", arguments);
    benchmark::DoNotOptimize(text.data());
  }
}
BENCHMARK(encode_event)->Arg(200)->Arg(100'000);

void encode_event_by_nlohmann(benchmark::State& state) {
  const Arguments arguments = update(static_cast<std::size_t>(state.range(0)));
  const Json list = {"update", arguments.front()};
  for (auto _ : state) {
    std::string text = "42/dcc/action," + std::to_string(12'345) + list.dump();
    benchmark::DoNotOptimize(text.data());
  }
}
BENCHMARK(encode_event_by_nlohmann)->Arg(200)->Arg(100'000);

void encode_attachment(benchmark::State& state) {
  const Arguments arguments{
      Json::binary(std::vector<std::uint8_t>(static_cast<std::size_t>(state.range(0))))};
  for (auto _ : state) {
    std::string text(1, '4');
    socket_io::Attachments attachments;
    socket_io::append_event(text, attachments, "/dcc/action", 12'345, "image", arguments);
    benchmark::DoNotOptimize(attachments.data());
  }
}
BENCHMARK(encode_attachment)->Arg(100'000);

void decode_event(benchmark::State& state) {
  const std::string text = event_text(static_cast<std::size_t>(state.range(0)));
  socket_io::Decoder decoder;
  for (auto _ : state) benchmark::DoNotOptimize(decoder.text(text));
}
BENCHMARK(decode_event)->Arg(200)->Arg(100'000);

void decode_event_by_nlohmann(benchmark::State& state) {
  const std::string text = event_text(static_cast<std::size_t>(state.range(0)));
  const std::string_view list = std::string_view(text).substr(text.find('['));
  for (auto _ : state) benchmark::DoNotOptimize(Json::parse(list));
}
BENCHMARK(decode_event_by_nlohmann)->Arg(200)->Arg(100'000);

void decode_ack(benchmark::State& state) {
  socket_io::Decoder decoder;
  for (auto _ : state) benchmark::DoNotOptimize(decoder.text(ack_text));
}
BENCHMARK(decode_ack);

void decode_ack_header(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(socket_io::read_header(ack_text));
}
BENCHMARK(decode_ack_header);

void decode_ack_by_nlohmann(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Json::parse(ack_text.substr(ack_text.find('['))));
}
BENCHMARK(decode_ack_by_nlohmann);

}  // namespace

BENCHMARK_MAIN();
