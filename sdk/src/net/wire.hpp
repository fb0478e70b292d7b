// Socket.IO packets in the client's own words: a thin layer over the codec. Net sequence only.
#pragma once

#include "net/event.hpp"
#include "net/transport.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silex::net::wire {

enum class Type { connect, disconnect, event, ack, connect_error };

struct Packet {
  Type type = Type::event;
  std::string nsp;
  std::optional<std::uint64_t> ack_id;
  std::string name;     // of an event
  Arguments arguments;  // of an event, after its name; of an acknowledgement
  Json data;            // of connect and connect_error

  // A string of the session that connect announces, empty when it is not there.
  std::string session(const char* key) const;
  // What connect_error says, as the server wrote it.
  std::string message() const;
};

// The frames of a packet, ready for the transport. All throw std::exception with a sentence for what cannot
// be encoded.
std::string connect_packet(const std::string& nsp, const Json& auth);
std::string disconnect_packet(const std::string& nsp);
std::vector<Frame> event_packet(const std::string& nsp, const std::string& name, const Arguments& arguments,
                                std::uint64_t ack_id);  // 0: no acknowledgement
std::vector<Frame> ack_packet(const std::string& nsp, std::uint64_t id, const Arguments& arguments);

// Puts packets together from texts and the attachments that follow them. Throws std::exception on what is no
// packet.
class Reader {
 public:
  Reader();
  ~Reader();
  std::optional<Packet> text(std::string_view text);  // without Engine.IO's '4'
  std::optional<Packet> binary(std::string_view bytes);
  void reset();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace silex::net::wire
