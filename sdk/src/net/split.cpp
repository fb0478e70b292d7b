#include "net/split.hpp"

#include "net/codec/json_writer.hpp"

#include <string>
#include <utility>

namespace silex::net {
namespace {

// What a value takes at most, at a fraction of the cost of knowing it.
std::size_t most(const Json& value) {
  constexpr std::size_t per_character = 6;  // \u001f
  constexpr std::size_t around = 2;         // quotes, brackets
  std::size_t sum = 32;                     // any number, and a comma
  if (value.is_string()) return sum + value.get_ref<const std::string&>().size() * per_character + around;
  if (value.is_array()) {
    for (const Json& item : value) sum += most(item);
  } else if (value.is_object()) {
    for (const auto& [key, item] : value.items()) sum += key.size() * per_character + around + most(item);
  }
  return sum;
}

std::size_t member_size(const std::string& key, const Json& value) {
  return text_size(key) + text_size(value) + 2;  // a colon and a comma
}

class Parts {
 public:
  Parts(const Json& always, std::size_t limit)
      : always_(always), empty_size_(text_size(always) + 1), limit_(limit) {
    begin();
  }

  // Adds members, whose path is `path_`.
  void add(Json members) {
    for (auto& [key, value] : members.get_ref<Json::object_t&>()) add_one(key, value);
  }
  std::vector<Json> take() {
    finish();
    if (parts_.empty()) parts_.push_back(always_);
    return std::move(parts_);
  }

 private:
  void add_one(const std::string& key, Json& value) {
    // The path is counted as if nothing of it were there.
    std::size_t size = member_size(key, value);
    for (const std::string& step : path_) size += text_size(step) + 4;
    if (size_ + size > limit_) finish();
    if (size_ + size > limit_ && value.is_object() && !value.empty()) {
      path_.push_back(key);
      add(std::move(value));
      path_.pop_back();
      return;
    }
    Json* at = &part_;
    for (const std::string& step : path_) at = &(*at)[step];
    (*at)[key] = std::move(value);
    size_ += size;
    if (size_ > limit_) finish();
  }
  void begin() {
    part_ = always_;
    size_ = empty_size_;
  }
  void finish() {
    if (size_ > empty_size_) parts_.push_back(std::move(part_));
    begin();
  }

  const Json& always_;
  const std::size_t empty_size_;
  const std::size_t limit_;
  std::vector<std::string> path_;
  std::vector<Json> parts_;
  Json part_;
  std::size_t size_ = 0;
};

}  // namespace

std::size_t text_size(const Json& value) {
  std::string text;
  write_json(text, value);
  return text.size();
}

std::vector<Json> split(Json whole, const Json& always, std::size_t limit) {
  if (limit == 0 || most(whole) <= limit || text_size(whole) <= limit) return {std::move(whole)};
  for (const auto& [key, value] : always.items()) whole.erase(key);
  Parts parts(always, limit);
  parts.add(std::move(whole));
  return parts.take();
}

}  // namespace silex::net
