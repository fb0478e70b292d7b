// The plugin as any process may load it: its entry, init() and deinit().
#include "bench.hpp"
#include "plugin/entry_check.hpp"

#include <cstring>

namespace silex::validate {

namespace {

Routine loads(Bench& bench) {
  static_cast<void>(bench.open());
  co_return;
}

Routine has_an_entry(Bench& bench) {
  if (bench.open()->entry()) co_return;
  fail("it exports no '" SILEX_PLUGIN_SYMBOL
       "', by which it is found: define it once, in C++ inside extern \"C\", as silex/plugin.h declares it");
}

Routine is_for_this_major(Bench& bench) {
  const auto subject = bench.open();
  silex_plugin_entry entry{};
  std::memcpy(&entry, subject->entry(), offsetof(silex_plugin_entry, name));  // wherever it stands
  if (entry.abi_major != SILEX_ABI_MAJOR) {
    fail("it was built for version " + std::to_string(entry.abi_major) + " of the ABI, and this is version " +
         std::to_string(SILEX_ABI_MAJOR) + ": build it with this version's headers");
  }
  if (entry.abi_minor > SILEX_ABI_MINOR) {
    bench.note("it was built for version " + std::to_string(entry.abi_major) + "." +
               std::to_string(entry.abi_minor) + " of the ABI, and this is " +
               std::to_string(SILEX_ABI_MAJOR) + "." + std::to_string(SILEX_ABI_MINOR) +
               ": check it with its own version, too");
  }
  co_return;
}

Routine has_an_entry_of_the_right_size(Bench& bench) {
  const auto subject = bench.open();
  const std::string fault = fault_in_layout(subject->entry());
  if (!fault.empty()) fail("the entry is broken: " + fault);
  co_return;
}

Routine has_a_whole_entry(Bench& bench) {
  const auto subject = bench.open();
  const std::string fault = fault_in(subject->entry());
  if (!fault.empty()) fail("the entry is broken: " + fault);
  bench.recorder.know("plugin", subject->entry()->name);
  bench.recorder.know("version", subject->entry()->version);
  co_return;
}

Routine begins_and_ends(Bench& bench) {
  const auto subject = bench.open();
  PlayedHost& host = subject->init();
  const silex_status status = subject->deinit(host);
  if (status != SILEX_OK) {
    fail("deinit() right after init() says no (" + describe(status, host.take_error()) +
         "): nothing of it can be in use yet");
  }
  co_return;
}

void must_not_have_used(PlayedHost& host, const char* when) {
  const std::string function = host.used_too_late();
  if (!function.empty()) {
    fail(function + " of a silex_host was called after deinit() for it had returned, " + when +
         ": init() is called for each runtime, so keep each host until its own deinit()");
  }
}

// Whatever makes it speak to its hosts: where its host is not, create() says why.
void provoke(Subject& subject) {
  const auto* const factory =
      static_cast<const silex_adapter_factory*>(subject.factory(SILEX_ADAPTER_FACTORY));
  if (!factory || !fault_in(factory).empty()) return;
  if (!subject.detect()) static_cast<void>(subject.create());
}

// The one that came first goes first, or last.
Routine serves_two_runtimes(Bench& bench) {
  for (const bool first_goes : {true, false}) {
    const auto subject = bench.open();
    PlayedHost& first = subject->init();
    PlayedHost& second = PlayedHost::make();
    const silex_status status = subject->init(second);
    if (status != SILEX_OK) {
      if (second.take_error().empty()) {
        fail("init() for a second runtime says no, with status " + std::to_string(status) +
             ", and does not say why: call set_error() of the host that it was given");
      }
      co_return;  // one at a time, and it says so
    }
    PlayedHost& gone = first_goes ? first : second;
    PlayedHost& stays = first_goes ? second : first;
    static_cast<void>(subject->deinit(gone));
    provoke(*subject);
    must_not_have_used(gone, first_goes ? "the first of two" : "the second of two");
    if (subject->deinit(stays) != SILEX_OK) {
      fail("deinit() for the last of two runtimes says no, though nothing of it is in use");
    }
    must_not_have_used(gone, "the first to go");
  }
}

// The whole way through, so that whatever throws comes by.
Routine throws_nothing(Bench& bench) {
  const auto subject = bench.open();
  PlayedHost& host = subject->init();
  subject->factory("silex.unknown/1");
  const auto* const factory =
      static_cast<const silex_adapter_factory*>(subject->factory(SILEX_ADAPTER_FACTORY));
  if (!factory || !fault_in(factory).empty()) co_return;
  const bool is_here = subject->detect();
  const silex_adapter* const made = subject->create();
  if (made && !fault_in(made).empty()) co_return;
  if (made) {
    Adapter adapter(*subject, made);
    if (adapter.try_to_attach() == SILEX_OK) {
      if (is_here && adapter.mode() == SILEX_HOST_INTERACTIVE) {
        co_await wake_from_elsewhere(bench, *subject, adapter);
        co_await drained(bench, adapter.pump(), 1);
        static_cast<void>(adapter.wake());
      }
      adapter.detach();
      co_await quiet(bench);
    }
    adapter.destroy();
  }
  static_cast<void>(subject->deinit(host));
}

}  // namespace

void add_plugin_checks(Bodies& bodies) {
  bodies["library.load"] = &loads;
  bodies["entry.symbol"] = &has_an_entry;
  bodies["entry.version"] = &is_for_this_major;
  bodies["entry.size"] = &has_an_entry_of_the_right_size;
  bodies["entry.members"] = &has_a_whole_entry;
  bodies["plugin.init"] = &begins_and_ends;
  bodies["plugin.two_runtimes"] = &serves_two_runtimes;
  bodies["abi.exceptions"] = &throws_nothing;
}

}  // namespace silex::validate
