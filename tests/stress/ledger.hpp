// Keeps the books of work: each accepted piece must be told exactly one outcome and be released exactly once.
#pragma once

#include <silex/silex.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace silex::test {

class Ledger;

// One piece of work, owned by the runtime once it was accepted.
struct Entry {
  Ledger* ledger;
  std::function<silex_status(const silex_scope*)> run;
  std::atomic<int> runs{0};
  std::atomic<int> dones{0};
  silex_outcome outcome = SILEX_OUTCOME_VALUE;
  std::string message;
};

// [any-thread]
class Ledger {
 public:
  // The work to hand over; take it back with refused() if it is not accepted.
  silex_work work(std::function<silex_status(const silex_scope*)> run = nullptr) {
    auto entry = std::make_unique<Entry>();
    entry->ledger = this;
    entry->run = std::move(run);
    silex_work work{};
    work.size = sizeof work;
    work.name = "ledger";
    work.data = entry.release();
    work.run = [](void* data, const silex_scope* scope) {
      auto& entry_run = *static_cast<Entry*>(data);
      if (++entry_run.runs != 1) ++entry_run.ledger->wrong;
      if (entry_run.ledger->closed) ++entry_run.ledger->late_runs;
      return entry_run.run ? entry_run.run(scope) : SILEX_OK;
    };
    work.done = [](void* data, const silex_completion* completion) {
      auto& entry_done = *static_cast<Entry*>(data);
      if (++entry_done.dones != 1) ++entry_done.ledger->wrong;
      if ((completion->outcome == SILEX_OUTCOME_VALUE) != (completion->error == nullptr)) {
        ++entry_done.ledger->wrong;
      }
      ++entry_done.ledger->outcomes[completion->outcome];
    };
    work.release = [](void* data) {
      const std::unique_ptr<Entry> gone(static_cast<Entry*>(data));
      if (gone->dones != 1) ++gone->ledger->wrong;
      ++gone->ledger->released;
    };
    return work;
  }
  static void refused(const silex_work& work) {
    const std::unique_ptr<Entry> entry(static_cast<Entry*>(work.data));
    if (entry->runs != 0 || entry->dones != 0) ++entry->ledger->wrong;
  }

  // Hands work over: whether it was accepted.
  bool hand_over(silex_runtime* runtime, decltype(&silex_defer) how, silex_work work,
                 silex_id* id = nullptr) {
    if (how(runtime, &work, id) != SILEX_OK) {
      refused(work);
      return false;
    }
    ++accepted;
    return true;
  }

  [[nodiscard]] std::uint64_t told() const {
    std::uint64_t sum = 0;
    for (const auto& count : outcomes) sum += count;
    return sum;
  }

  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> released{0};
  std::array<std::atomic<std::uint64_t>, 5> outcomes{};
  std::atomic<std::uint64_t> wrong{0};      // told twice, run twice, released untold
  std::atomic<std::uint64_t> late_runs{0};  // while `closed`
  std::atomic<bool> closed{false};
};

}  // namespace silex::test
