// Packets of the codec as frames for the transport. Pure functions.
#pragma once

#include "net/codec/packet.hpp"
#include "net/event.hpp"
#include "net/transport.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace silex::net::wire {

// All throw CodecError with a sentence for what cannot be encoded.
std::string connect_packet(const std::string& nsp, const Json& auth);
std::string disconnect_packet(const std::string& nsp);
std::vector<Frame> event_packet(const std::string& nsp, const std::string& name, const Arguments& arguments,
                                std::uint64_t ack_id);  // 0: no acknowledgement
std::vector<Frame> ack_packet(const std::string& nsp, std::uint64_t id, const Arguments& arguments);

// A string of the session that a connect packet announces, empty when it is not there.
std::string session(const socket_io::Packet& connect, const char* key);
// What a connect_error packet says, as the server wrote it.
std::string message(const socket_io::Packet& connect_error);

}  // namespace silex::net::wire
