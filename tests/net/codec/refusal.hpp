// What a call of the codec refuses, for tests that compare sentences.
#pragma once

#include "net/codec/codec_error.hpp"

#include <gtest/gtest.h>

namespace silex::net::test {

template <typename Call>
CodecError refusal(Call call) {
  try {
    call();
  } catch (const CodecError& error) {
    return error;
  }
  ADD_FAILURE() << "it was not refused";
  return {CodecFault::malformed, "nothing"};
}

template <typename Call>
std::string refusal_sentence(Call call) {
  return refusal(call).what();
}

}  // namespace silex::net::test
