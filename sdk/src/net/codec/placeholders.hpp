// Attachments to where their placeholders stand.
#pragma once

#include "net/codec/packet.hpp"

#include <cstddef>
#include <vector>

namespace silex::net::socket_io {

// As socket.io-parser does it: an object whose "_placeholder" is true stands for the attachment "num",
// whatever else it has; two may stand for the same one; an attachment that nothing stands for is dropped.
// Naming one attachment many times must not make much of little: of the `allowed` bytes of the packet,
// `taken` are taken. Throws CodecError.
// https://github.com/socketio/socket.io/blob/main/packages/socket.io-parser/lib/binary.ts
void fill_placeholders(Arguments& arguments, std::vector<Json::binary_t>& attachments, std::size_t taken,
                       std::size_t allowed);

}  // namespace silex::net::socket_io
