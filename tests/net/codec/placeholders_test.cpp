// Placeholders, as npm's socket.io-parser takes them.
#include "net/codec/socket_io_decode.hpp"
#include "refusal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::net::socket_io {
namespace {

using test::refusal;
using testing::ElementsAre;

// The arguments of an event "e" whose arguments and attachments are these.
Arguments filled(const std::string& arguments, const std::vector<std::string>& attachments,
                 DecodeLimits limits = {}) {
  Decoder decoder(limits);
  auto packet = decoder.text("5" + std::to_string(attachments.size()) + "-[\"e\"," + arguments + "]");
  for (const std::string& attachment : attachments) packet = decoder.attachment(attachment);
  return packet ? packet->arguments : Arguments();
}

Json bytes(const std::string& text) {
  return Json::binary({text.begin(), text.end()});
}

TEST(Placeholders, AreFilledInTheOrderOfTheirNumbers) {
  EXPECT_THAT(filled(R"({"_placeholder":true,"num":1},{"_placeholder":true,"num":0})", {"a", "b"}),
              ElementsAre(bytes("b"), bytes("a")));
}

TEST(Placeholders, AreFilledAtAnyDepth) {
  EXPECT_THAT(filled(R"([{"k":[{"_placeholder":true,"num":0}]}])", {"a"}),
              ElementsAre(Json::array({Json({{"k", Json::array({bytes("a")})}})})));
}

TEST(Placeholders, MayHaveMoreMembers) {
  EXPECT_THAT(filled(R"({"_placeholder":true,"num":0,"more":[1]})", {"a"}), ElementsAre(bytes("a")));
}

TEST(Placeholders, MayStandForTheSameAttachment) {
  EXPECT_THAT(filled(R"({"_placeholder":true,"num":0},[{"_placeholder":true,"num":0}])", {"a"}),
              ElementsAre(bytes("a"), Json::array({bytes("a")})));
}

TEST(Placeholders, MayLeaveAnAttachmentOut) {
  EXPECT_THAT(filled(R"({"_placeholder":true,"num":1})", {"a", "b"}), ElementsAre(bytes("b")));
  EXPECT_THAT(filled("1", {"a"}), ElementsAre(1));
}

TEST(Placeholders, CountAsJavaScriptDoes) {
  EXPECT_THAT(filled(R"({"_placeholder":true,"num":1.0},{"_placeholder":true,"num":-0})", {"a", "b"}),
              ElementsAre(bytes("b"), bytes("a")));
}

TEST(Placeholders, AreOnlyThoseMarkedWithTrue) {
  const std::string ordinary =
      R"([{"_placeholder":1,"num":0},{"_placeholder":"true"},{"num":0},"_placeholder"])";
  EXPECT_THAT(filled(ordinary, {"a"}), ElementsAre(Json::parse(ordinary)));
}

TEST(Placeholders, AreOrdinaryObjectsInAPacketWithoutAttachments) {
  const auto packet = Decoder().text(R"(2["e",{"_placeholder":true,"num":0}])");
  ASSERT_TRUE(packet);
  EXPECT_THAT(packet->arguments, ElementsAre(Json({{"_placeholder", true}, {"num", 0}})));
}

TEST(Placeholders, AreRefusedWhenTheyNameNoAttachment) {
  for (const char* wrong : {R"("num":2)", R"("num":-1)", R"("num":0.5)", R"("num":"0")", R"("num":null)",
                            R"("num":1e300)", R"("num":18446744073709551615)", R"("n":0)"}) {
    const CodecError error = refusal([&] {
      filled(R"({"_placeholder":true,)" + std::string(wrong) + "}", {"a", "b"});
    });
    EXPECT_STREQ(
        error.what(),
        "the Socket.IO packet is malformed: the \"num\" of a placeholder must be a whole number below 2, the "
        "number of its attachments")
        << wrong;
    EXPECT_EQ(error.fault(), CodecFault::malformed);
  }
}

// A megabyte that a thousand placeholders name would otherwise become a gigabyte.
TEST(Placeholders, CostNoMoreThanOnePacketMay) {
  const std::string one = R"({"_placeholder":true,"num":0})";
  std::string many = one;
  for (int i = 1; i < 10; ++i) many += "," + one;
  const std::string attachment(1000, 'x');
  EXPECT_EQ(filled(many, {attachment}, {.max_bytes = 10'400}).size(), 10U);
  const CodecError error = refusal([&] { filled(many, {attachment}, {.max_bytes = 10'000}); });
  EXPECT_STREQ(error.what(),
               "the Socket.IO packet names attachment 0 so often that it takes more than the 10000 bytes "
               "that are allowed");
  EXPECT_EQ(error.fault(), CodecFault::too_large);
}

}  // namespace
}  // namespace silex::net::socket_io
