// The adapter's factory, which any process may ask.
#include "bench.hpp"
#include "platform/loaded_libraries.hpp"
#include "platform/process.hpp"
#include "plugin/entry_check.hpp"

#include <silex/command.h>

#include <set>
#include <system_error>

namespace silex::validate {

namespace {

std::unique_ptr<Subject> initialised(const Bench& bench) {
  auto subject = bench.open();
  subject->init();
  return subject;
}

Routine has_an_adapter(Bench& bench) {
  const auto subject = initialised(bench);
  if (subject->factory(SILEX_ADAPTER_FACTORY)) co_return;
  if (subject->factory(SILEX_COMMANDS_FACTORY)) skip("it is a pack of commands, and no adapter");
  fail("get_factory() has nothing for '" SILEX_ADAPTER_FACTORY
       "': a plugin with no factory that Silex knows is of "
       "no use to it");
}

Routine knows_what_it_does_not_know(Bench& bench) {
  const auto subject = initialised(bench);
  for (const char* const id :
       {"silex.unknown/1", "silex.adapter/", "silex.adapter/1x", "silex.adapter/2", ""}) {
    if (subject->factory(id)) {
      fail(std::string("get_factory() has a factory for '") + id +
           "', which it can't know: compare the whole id, and return NULL");
    }
  }
  co_return;
}

Routine has_a_factory_of_the_right_size(Bench& bench) {
  const auto subject = initialised(bench);
  const std::string fault = fault_in_layout(&subject->adapter_factory());
  if (!fault.empty()) fail("the adapter's factory is broken: " + fault);
  co_return;
}

Routine has_a_whole_factory(Bench& bench) {
  const auto subject = initialised(bench);
  const silex_adapter_factory& factory = subject->adapter_factory();
  const std::string fault = fault_in(&factory);
  if (!fault.empty()) fail("the adapter's factory is broken: " + fault);
  bench.recorder.know("adapter", factory.name);
  bench.recorder.know("title", factory.title);
  co_return;
}

void must_be_static(const Subject& subject, const void* address, const std::string& what) {
  std::error_code error;
  const auto file = platform::library_at(address);
  if (!file.empty() && std::filesystem::equivalent(file, subject.file(), error)) return;
  fail(what +
       " does not stand in the static storage of the library: it is used after get_factory() has returned, "
       "and nobody frees it");
}

Routine has_a_static_factory(Bench& bench) {
  const auto subject = initialised(bench);
  const silex_adapter_factory& factory = subject->adapter_factory();
  must_be_static(*subject, &factory, "the factory");
  must_be_static(*subject, factory.name, "the name of the factory");
  must_be_static(*subject, factory.title, "the title of the factory");
  if (&subject->adapter_factory() != &factory)
    fail("get_factory() has another factory each time it is asked");
  co_return;
}

Routine has_the_name_that_is_looked_for(Bench& bench) {
  const auto subject = initialised(bench);
  const std::string wanted =
      std::string("silex_adapter_") + subject->adapter_factory().name + platform::kLibraryEnding;
  if (bench.file.filename() != wanted) {
    fail("the file is called '" + bench.file.filename().string() + "', and is looked for as '" + wanted +
         "': rename one of them");
  }
  co_return;
}

Routine detects_without_a_trace(Bench& bench) {
  const auto subject = initialised(bench);
  const auto libraries = platform::loaded_libraries();
  const std::size_t threads = platform::thread_count();
  const bool is_here = subject->detect();
  if (subject->detect() != is_here) fail("detect() says this now and that then, of one process");
  // A host loads libraries and starts threads itself, whenever it likes.
  if (bench.mode != HostMode::none) co_return;
  const std::set<std::filesystem::path> before(libraries.begin(), libraries.end());
  for (const auto& library : platform::loaded_libraries()) {
    if (!before.contains(library)) {
      fail("detect() loads '" + library.string() +
           "' into a process that may have nothing to do with it: look for "
           "what is there already");
    }
  }
  if (platform::thread_count() > threads) fail("detect() starts a thread: leave that to attach()");
  co_return;
}

Routine says_why_it_makes_nothing(Bench& bench) {
  const auto subject = bench.open();
  PlayedHost& host = subject->init();
  if (subject->detect()) skip("its host is here: run it without --host, too");
  const silex_adapter* const made = subject->create();
  const std::string error = host.take_error();
  if (!made) {
    if (error.empty()) fail("create() makes nothing, and does not say why: call set_error()");
    co_return;
  }
  const std::string fault = fault_in(made);
  if (!fault.empty()) fail("create() makes an adapter that is broken: " + fault);
  // Then attach() has to say no.
  Adapter adapter(*subject, made);
  if (adapter.try_to_attach() == SILEX_OK) {
    fail("detect() says that the host is not here, and yet create() and attach() succeed");
  }
  if (host.take_error().empty()) fail("attach() says no, and does not say why: call set_error()");
  const int references = adapter.pump().references();
  if (references != 0)
    fail("attach() said no, and kept " + std::to_string(references) + " reference(s) of the pump");
}

}  // namespace

void add_factory_checks(Bodies& bodies) {
  bodies["factory.adapter"] = &has_an_adapter;
  bodies["factory.unknown_id"] = &knows_what_it_does_not_know;
  bodies["factory.size"] = &has_a_factory_of_the_right_size;
  bodies["factory.members"] = &has_a_whole_factory;
  bodies["factory.static"] = &has_a_static_factory;
  bodies["factory.file_name"] = &has_the_name_that_is_looked_for;
  bodies["factory.detect"] = &detects_without_a_trace;
  bodies["factory.create_refused"] = &says_why_it_makes_nothing;
}

}  // namespace silex::validate
