// packets.json through npm's socket.io-parser and through ours, in both directions.
#include "net/codec/socket_io_decode.hpp"
#include "net/codec/socket_io_encode.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>

#include <gtest/gtest.h>

namespace silex::net::socket_io {
namespace {

std::string to_hex(std::string_view bytes) {
  std::string hex;
  for (const char byte : bytes) {
    hex += "0123456789abcdef"[static_cast<unsigned char>(byte) >> 4U];
    hex += "0123456789abcdef"[static_cast<unsigned char>(byte) & 15U];
  }
  return hex;
}

std::string from_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

bool is_bytes(const Json& value) {
  return value.is_object() && value.contains("$bytes");
}

Json to_binary(const Json& value) {
  if (is_bytes(value)) {
    const std::string bytes = from_hex(value["$bytes"]);
    return Json::binary({bytes.begin(), bytes.end()});
  }
  Json result = value;
  if (value.is_structured()) {
    for (auto item = result.begin(); item != result.end(); ++item) *item = to_binary(*item);
  }
  return result;
}

// A packet as npm has it, {type, nsp, id, data}, as ours.
Packet to_packet(const Json& npm) {
  Packet packet;
  packet.type = static_cast<Type>(npm.at("type").get<int>());
  packet.nsp = npm.at("nsp");
  if (npm.contains("id")) packet.id = npm.at("id");
  if (!npm.contains("data")) return packet;
  const Json data = to_binary(npm.at("data"));
  if (packet.type != Type::event && packet.type != Type::ack) {
    packet.data = data;
    return packet;
  }
  packet.arguments = data.get<Arguments>();
  if (packet.type == Type::event) {
    const Json& name = packet.arguments.front();
    packet.name = name.is_string() ? name.get<std::string>() : name.dump();
    packet.arguments.erase(packet.arguments.begin());
  }
  return packet;
}

Json frames_of(const Packet& packet) {
  std::string text;
  Attachments attachments;
  append_packet(text, attachments, packet);
  Json frames = Json::array({text});
  for (const auto attachment : attachments) frames.push_back({{"$bytes", to_hex(attachment)}});
  return frames;
}

std::vector<Packet> read(const Json& frames) {
  std::vector<Packet> packets;
  Decoder decoder;
  for (const Json& frame : frames) {
    auto packet = is_bytes(frame) ? decoder.attachment(from_hex(frame["$bytes"]))
                                  : decoder.text(frame.get_ref<const std::string&>());
    if (packet) packets.push_back(std::move(*packet));
  }
  return packets;
}

Json ask_npm(const Json& question) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("silex_npm_parser_test_" + std::to_string(std::random_device{}()) + ".json");
  std::ofstream(file) << question.dump();
  const std::string command = std::string("\"") + SILEX_TEST_NODE +
                              "\" \"" SILEX_TEST_PEERS_DIR "/socketio_parser.js\" < \"" + file.string() +
                              "\"";
  std::string answer;
  if (FILE* output = ::popen(command.c_str(), "r"); output != nullptr) {
    std::array<char, 4096> part{};
    for (std::size_t count = 0; (count = std::fread(part.data(), 1, part.size(), output)) > 0;) {
      answer.append(part.data(), count);
    }
    ::pclose(output);
  }
  std::filesystem::remove(file);
  return Json::parse(answer);
}

// What npm's parser makes of everything in packets.json, asked once for all tests of a process.
struct Comparison {
  Json list = Json::parse(std::ifstream(SILEX_TEST_PACKETS));
  std::vector<Json> ours;  // the frames of each of list["packets"]
  Json theirs;             // the same by npm
  Json theirs_of_ours;     // what npm reads in ours
  Json theirs_of_list;     // what npm reads in the other parts of the list, by their names

  Comparison() {
    Json question{{"encode", list["packets"]}, {"decode", Json::array()}};
    for (const Json& packet : list["packets"]) ours.push_back(frames_of(to_packet(packet)));
    question["decode"] = ours;
    const std::vector<std::string> parts{"read_alike", "refused_by_both", "refused_by_ours_alone"};
    for (const auto& part : parts) {
      for (const Json& item : list[part]) question["decode"].push_back(item["frames"]);
    }
    const Json answer = ask_npm(question);
    theirs = answer.at("encoded");
    auto decoded = answer.at("decoded").begin();
    for (std::size_t i = 0; i < ours.size(); ++i) theirs_of_ours.push_back(*decoded++);
    for (const auto& part : parts) {
      for (std::size_t i = 0; i < list[part].size(); ++i) theirs_of_list[part].push_back(*decoded++);
    }
  }
};

class NpmParser : public testing::Test {
 protected:
  void SetUp() override {
    if (std::string_view(SILEX_TEST_NODE).empty() ||
        !std::filesystem::exists(SILEX_TEST_PEERS_DIR "/node_modules/socket.io-parser")) {
      GTEST_SKIP() << "npm's socket.io-parser is not there: run tests/peers/setup.sh";
    }
    static const Comparison comparison;
    all_ = &comparison;
  }

  const Comparison* all_ = nullptr;
};

TEST_F(NpmParser, WritesTheSameBytesAsOurs) {
  for (std::size_t i = 0; i < all_->ours.size(); ++i) EXPECT_EQ(all_->ours[i], all_->theirs[i]);
}

TEST_F(NpmParser, ReadsWhatOursWrites) {
  for (std::size_t i = 0; i < all_->ours.size(); ++i) {
    ASSERT_TRUE(all_->theirs_of_ours[i].is_array()) << all_->ours[i] << ": " << all_->theirs_of_ours[i];
    ASSERT_EQ(all_->theirs_of_ours[i].size(), 1U);
    EXPECT_TRUE(to_packet(all_->theirs_of_ours[i][0]) == to_packet(all_->list["packets"][i]))
        << all_->ours[i];
  }
}

TEST_F(NpmParser, WritesWhatOursReads) {
  for (std::size_t i = 0; i < all_->theirs.size(); ++i) {
    const auto packets = read(all_->theirs[i]);
    ASSERT_EQ(packets.size(), 1U) << all_->theirs[i];
    EXPECT_TRUE(packets[0] == to_packet(all_->list["packets"][i])) << all_->theirs[i];
  }
}

TEST_F(NpmParser, ReadsUnusualTextsAsOursDoes) {
  const Json& items = all_->list["read_alike"];
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Json& theirs = all_->theirs_of_list["read_alike"][i];
    const auto ours = read(items[i]["frames"]);
    ASSERT_TRUE(theirs.is_array() && theirs.size() == 1) << items[i] << ": " << theirs;
    ASSERT_EQ(ours.size(), 1U) << items[i];
    EXPECT_TRUE(ours[0] == to_packet(theirs[0])) << items[i] << ": " << theirs;
  }
}

TEST_F(NpmParser, RefusesWhatOursRefuses) {
  const Json& items = all_->list["refused_by_both"];
  for (std::size_t i = 0; i < items.size(); ++i) {
    EXPECT_TRUE(all_->theirs_of_list["refused_by_both"][i].contains("error")) << items[i];
    EXPECT_THROW(read(items[i]["frames"]), CodecError) << items[i];
  }
}

// Where ours is the stricter one, so that a change of either side shows.
TEST_F(NpmParser, TakesSomeThatOursRefuses) {
  const Json& items = all_->list["refused_by_ours_alone"];
  for (std::size_t i = 0; i < items.size(); ++i) {
    EXPECT_TRUE(all_->theirs_of_list["refused_by_ours_alone"][i].is_array()) << items[i];
    EXPECT_THROW(read(items[i]["frames"]), CodecError) << items[i];
  }
}

}  // namespace
}  // namespace silex::net::socket_io
