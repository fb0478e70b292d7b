// What the codec throws. Pure values, any thread.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace silex::net {

enum class CodecFault {
  malformed,     // the peer sent what is no packet, no JSON or no UTF-8
  too_large,     // beyond a limit, of this side or of the peer
  out_of_order,  // a text where an attachment is due, or the other way round
  not_sendable,  // a value, a name or a number that the protocol has no form for
};

// what() is one sentence: which packet, what was found at which byte, what was expected or what to do.
class CodecError : public std::runtime_error {
 public:
  // For what has no place in the input: a wrong sequence of frames, or a value that was to be sent.
  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

  CodecError(CodecFault fault, const std::string& sentence, std::size_t offset = nowhere)
      : std::runtime_error(sentence), fault_(fault), offset_(offset) {}

  CodecFault fault() const { return fault_; }
  // In bytes from the start of the text that was given to the function, or `nowhere`.
  std::size_t offset() const { return offset_; }

 private:
  CodecFault fault_;
  std::size_t offset_;
};

}  // namespace silex::net
