#include "commands/file_command.hpp"

#include <cstdint>
#include <utility>

namespace silex::commands {

namespace {

// Before a worker is asked for again.
constexpr std::uint64_t kUntilNextTry = 100'000'000;  // ns

}  // namespace

FileCommand::~FileCommand() {
  if (record_->context && record_->journal.keeps_any()) hand_over(std::move(record_));
}

Journal& FileCommand::journal(const CommandContext& context) {
  record_->context = context.context();
  return record_->journal;
}

task<> FileCommand::undo(CommandContext& context) {
  co_await context.worker([&] { journal(context).undo(); });
}

void FileCommand::hand_over(std::unique_ptr<Record> record) noexcept {
  const silex_api& api = *record->context->api();
  silex_runtime* const runtime = record->context->handle();
  silex_work work{};
  work.size = sizeof work;
  work.name = "remove what was put aside";
  work.data = record.get();
  work.run = [](void* data, const silex_scope*) -> silex_status {
    static_cast<Record*>(data)->journal.remove_kept();
    return SILEX_OK;
  };
  work.release = [](void* data) { delete static_cast<Record*>(data); };
  silex_timer later{};
  later.size = sizeof later;
  later.delay_ns = kUntilNextTry;
  later.data = record.get();
  later.fired = [](void* data, silex_status reason) {
    std::unique_ptr<Record> owned(static_cast<Record*>(data));
    if (reason == SILEX_OK) hand_over(std::move(owned));
  };
  if (api.submit(runtime, &work, nullptr) == SILEX_OK ||
      api.timer_start(runtime, &later, nullptr) == SILEX_OK) {
    static_cast<void>(record.release());
  }
}

}  // namespace silex::commands
