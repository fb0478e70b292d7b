// silex_arguments to and from the values of the network.
#pragma once

#include "net/codec/packet.hpp"
#include "runtime/status.hpp"

#include <silex/connection.h>

#include <cstdint>
#include <string>
#include <vector>

namespace silex::abi {

// Copies what a caller handed in. `what` is what an error speaks of, "silex_emission.arguments".
Status read_arguments(const char* what, const silex_arguments& from, net::Arguments& to);

// A JSON object, or null where `text` is NULL.
Status read_object(const char* what, const char* text, net::Json& to);

// What a function that hands out text does with it: `text`, of `size` bytes, with a closing 0, cut off where
// it is too long; `length` is that of all of it. Both may be NULL.
void write_text(const std::string& from, char* text, std::uint64_t size, std::uint64_t* length);

// Arguments as they are handed out. view() is valid as long as this, where it is.
class ArgumentsText {
 public:
  explicit ArgumentsText(net::Arguments values);
  ArgumentsText(const ArgumentsText&) = delete;
  ArgumentsText& operator=(const ArgumentsText&) = delete;

  [[nodiscard]] silex_arguments view() const noexcept;

 private:
  const net::Arguments values_;
  std::string json_ = "[";
  std::vector<silex_bytes> attachments_;
};

}  // namespace silex::abi
