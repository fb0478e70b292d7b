#include "commands/stored_value.hpp"

#include "commands/parameters.hpp"

namespace silex::commands {

namespace {

std::string key_in(const CommandContext& context) {
  std::string key = text_in(context, "key");
  if (key.empty()) throw wrong_parameter("the parameter 'key' is empty: name what is stored");
  return key;
}

}  // namespace

task<json> SetStoredValue::execute(CommandContext& context) {
  // It may run again without an undo() between: what there was before the first time counts.
  const std::string key = key_in(context);
  if (former_ && key != key_) {
    context.store(key_, *former_);
    former_.reset();
  }
  json former = context.stored(key);
  context.store(key, context.parameters().at("value"));
  if (!former_) former_ = std::move(former);
  key_ = key;
  co_return context.parameters().at("value");
}

task<> SetStoredValue::undo(CommandContext& context) {
  if (former_) context.store(key_, *former_);
  former_.reset();
  co_return;
}

task<json> GetStoredValue::execute(CommandContext& context) {
  const std::string key = key_in(context) + text_in(context, "key_suffix");
  json output = json::object();
  output["value"] = context.stored(key);
  output["key"] = key;
  co_return output;
}

}  // namespace silex::commands
