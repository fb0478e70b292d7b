#include "subject.hpp"

#include "platform/loaded_libraries.hpp"
#include "plugin/entry_check.hpp"

#include <algorithm>
#include <cstdint>
#include <system_error>
#include <utility>

namespace silex::validate {

namespace {

// What a mode is before attach() has told it.
constexpr std::uint32_t kNoMode = 0x5a5a;
static_assert(sizeof(silex_host_mode) == sizeof kNoMode);

}  // namespace

std::string describe(silex_status status, const std::string& error) {
  return "status " + std::to_string(status) +
         (error.empty() ? ", and nothing to set_error()" : ", '" + error + "'");
}

Subject::Subject(std::filesystem::path file, Recorder& recorder)
    : file_(std::move(file)), recorder_(recorder) {
  std::string why;
  const bool opened = call_into(recorder, "a static initialiser",
                                [&] { return platform::Library::open(file_, library_, why); });
  if (!opened) fail("the system can't load it: " + why);
}

Subject::~Subject() {
  while (!hosts_.empty() && !is_left_alone_) {
    try {
      static_cast<void>(deinit(*hosts_.back()));
    } catch (const Escaped&) {  // NOLINT(bugprone-empty-catch): abi.exceptions tells it
    }
  }
  library_.keep_for_good();
}

const silex_plugin_entry* Subject::entry() const {
  return static_cast<const silex_plugin_entry*>(library_.symbol(SILEX_PLUGIN_SYMBOL));
}

PlayedHost& Subject::init() {
  PlayedHost& host = PlayedHost::make();
  const silex_status status = init(host);
  if (status != SILEX_OK) fail("init() refused: " + describe(status, host.take_error()));
  return host;
}

silex_status Subject::init(PlayedHost& host) {
  const silex_status status = call_into(recorder_, "init()", [&] { return entry()->init(host.view()); });
  if (status == SILEX_OK) hosts_.push_back(&host);
  return status;
}

silex_status Subject::deinit(PlayedHost& host) {
  hosts_.erase(std::find(hosts_.begin(), hosts_.end(), &host));
  const silex_status status = call_into(recorder_, "deinit()", [&] { return entry()->deinit(host.view()); });
  host.is_gone();
  return status;
}

const void* Subject::factory(const char* id) {
  return call_into(recorder_, "get_factory()", [&] { return entry()->get_factory(id); });
}

const silex_adapter_factory& Subject::adapter_factory() {
  const auto* const found = static_cast<const silex_adapter_factory*>(factory(SILEX_ADAPTER_FACTORY));
  if (!found) skip("it has no adapter");
  return *found;
}

bool Subject::detect() {
  const silex_adapter_factory& factory = adapter_factory();
  return call_into(recorder_, "detect()", [&] { return factory.detect(); });
}

const silex_adapter* Subject::create() {
  const silex_adapter_factory& factory = adapter_factory();
  return call_into(recorder_, "create()", [&] { return factory.create(); });
}

bool Subject::close() {
  recorder_.entering("dlclose()");
  library_ = {};
  return is_mapped();
}

bool Subject::is_mapped() const {
  const auto libraries = platform::loaded_libraries();
  return std::any_of(libraries.begin(), libraries.end(), [&](const std::filesystem::path& library) {
    std::error_code error;
    return std::filesystem::equivalent(library, file_, error);
  });
}

Adapter::Adapter(Subject& subject) : subject_(subject), adapter_(subject.create()) {
  if (!adapter_) fail("create() made nothing, though detect() says that the host is here");
}

Adapter::~Adapter() {
  if (subject_.is_left_alone()) return;
  try {
    if (is_attached_) detach();
    if (adapter_) destroy();
  } catch (const Escaped&) {  // NOLINT(bugprone-empty-catch): abi.exceptions tells it
  }
}

silex_status Adapter::try_to_attach() {
  pump_ = &PlayedPump::make();
  mode_ = kNoMode;
  const silex_status status = call_into(subject_.recorder(), "attach()", [&] {
    return adapter_->attach(adapter_->self, pump_, reinterpret_cast<silex_host_mode*>(&mode_));
  });
  is_attached_ = status == SILEX_OK;
  if (!is_attached_) pump_->disconnect();
  return status;
}

PlayedPump& Adapter::attach() {
  const silex_status status = try_to_attach();
  if (status != SILEX_OK) fail("attach() says no, with status " + std::to_string(status));
  return *pump_;
}

// As the runtime does it: the pump is dead before.
void Adapter::detach() {
  is_attached_ = false;
  pump_->disconnect();
  call_into(subject_.recorder(), "detach()", [&] { adapter_->detach(adapter_->self); });
}

silex_status Adapter::wake() {
  return call_into(subject_.recorder(), "wake()", [&] { return adapter_->wake(adapter_->self); });
}

void Adapter::destroy() {
  const silex_adapter* const gone = std::exchange(adapter_, nullptr);
  call_into(subject_.recorder(), "destroy()", [&] { gone->destroy(gone->self); });
}

}  // namespace silex::validate
