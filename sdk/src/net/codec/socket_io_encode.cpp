#include "net/codec/socket_io_encode.hpp"

#include "net/codec/json_number.hpp"
#include "net/codec/json_writer.hpp"
#include "net/codec/malformed.hpp"
#include "net/codec/utf8.hpp"

#include <utility>

namespace silex::net::socket_io {
namespace {

[[noreturn]] void not_sendable(const std::string& why) {
  throw CodecError(CodecFault::not_sendable, why);
}

void check_size(std::size_t bytes, const char* what, const EncodeLimits& limits) {
  if (limits.max_payload == 0 || bytes <= limits.max_payload) return;
  throw CodecError(CodecFault::too_large, std::string(what) + " takes " + std::to_string(bytes) +
                                              " bytes and the server takes " +
                                              std::to_string(limits.max_payload) +
                                              " in one frame; send it in parts or raise the server's limit "
                                              "(maxHttpBufferSize)");
}

// One packet at the end of `out`, which goes again if it does not come to finish().
class Text {
 public:
  Text(std::string& out, Attachments* attachments, const EncodeLimits& limits)
      : out_(out),
        attachments_(attachments),
        limits_(limits),
        begin_(out.size()),
        first_(attachments != nullptr ? attachments->size() : 0) {}
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;
  ~Text() {
    if (finished_) return;
    out_.resize(begin_);
    if (attachments_ != nullptr) attachments_->resize(first_);
  }

  void header(Type type, std::string_view nsp, std::optional<std::uint64_t> id) {
    out_ += static_cast<char>('0' + static_cast<int>(type));
    if (nsp != "/") {
      check(nsp);
      out_.append(nsp).append(1, ',');
    }
    if (id) {
      if (*id > largest_id) {
        not_sendable("its number is beyond " + std::to_string(largest_id) + ", as far as JavaScript counts");
      }
      append_number(out_, *id);
    }
  }

  void event(std::string_view name, std::span<const Json> arguments) {
    if (is_reserved_event(name)) not_sendable("Socket.IO keeps that name for itself; choose another one");
    out_ += '[';
    write_json_string(out_, name);
    for (const Json& argument : arguments) {
      out_ += ',';
      json(argument);
    }
    out_ += ']';
  }

  void list(std::span<const Json> items) {
    char separator = '[';
    for (const Json& item : items) {
      out_ += std::exchange(separator, ',');
      json(item);
    }
    out_.append(items.empty() ? "[]" : "]");
  }

  void json(const Json& value) { write_json(out_, value, attachments_, first_); }

  void finish() {
    // The count goes before a text that is already there: few packets have attachments, and all others need
    // not be walked twice.
    if (const std::size_t count = attachments_ != nullptr ? attachments_->size() - first_ : 0; count > 0) {
      check_attachments(count);
      out_[begin_] = static_cast<char>(out_[begin_] + 3);  // event to binary event, ack to binary ack
      out_.insert(begin_ + 1, std::to_string(count) + "-");
    }
    check_size(out_.size() - begin_ + 1, "it", limits_);  // behind Engine.IO's '4'
    finished_ = true;
  }

 private:
  static void check(std::string_view nsp) {
    if (!nsp.starts_with('/') || nsp.find(',') != std::string_view::npos || utf8_prefix(nsp) < nsp.size()) {
      not_sendable("the namespace " + excerpt(nsp) + " must be UTF-8, start with '/' and have no comma");
    }
  }

  void check_attachments(std::size_t count) const {
    if (count > limits_.max_attachments) {
      throw CodecError(CodecFault::too_large,
                       "it has " + std::to_string(count) + " attachments and the peer takes " +
                           std::to_string(limits_.max_attachments) +
                           "; send them in several events or raise the limit on both sides (maxAttachments)");
    }
    for (std::size_t i = first_; i < attachments_->size(); ++i) {
      check_size((*attachments_)[i].size(), "an attachment of it", limits_);
    }
  }

  std::string& out_;
  Attachments* attachments_;
  const EncodeLimits& limits_;
  std::size_t begin_;
  std::size_t first_;
  bool finished_ = false;
};

// Says of which packet it is that `write` throws.
template <typename Name, typename Write>
void named(Name name, Write write) {
  try {
    write();
  } catch (const CodecError& wrong) {
    throw CodecError(wrong.fault(), name() + " cannot be sent: " + wrong.what());
  }
}

}  // namespace

void append_connect(std::string& out, std::string_view nsp, const Json& auth, const EncodeLimits& limits) {
  named([nsp] { return "the connection to the namespace " + excerpt(nsp); },
        [&] {
          Text text(out, nullptr, limits);
          text.header(Type::connect, nsp, {});
          if (!auth.is_null()) {
            if (!auth.is_object()) not_sendable("its credentials must be an object");
            text.json(auth);
          }
          text.finish();
        });
}

void append_connect_error(std::string& out, std::string_view nsp, const Json& data,
                          const EncodeLimits& limits) {
  named([nsp] { return "the refusal of the namespace " + excerpt(nsp); },
        [&] {
          if (!data.is_object() && !data.is_string()) not_sendable("its reason must be an object or a text");
          Text text(out, nullptr, limits);
          text.header(Type::connect_error, nsp, {});
          text.json(data);
          text.finish();
        });
}

void append_disconnect(std::string& out, std::string_view nsp) {
  named([nsp] { return "the disconnection from the namespace " + excerpt(nsp); },
        [&] {
          const EncodeLimits limits;
          Text text(out, nullptr, limits);
          text.header(Type::disconnect, nsp, {});
          text.finish();
        });
}

void append_event(std::string& out, Attachments& attachments, std::string_view nsp,
                  std::optional<std::uint64_t> id, std::string_view name, std::span<const Json> arguments,
                  const EncodeLimits& limits) {
  named([name] { return "the event " + excerpt(name); },
        [&] {
          Text text(out, &attachments, limits);
          text.header(Type::event, nsp, id);
          text.event(name, arguments);
          text.finish();
        });
}

void append_ack(std::string& out, Attachments& attachments, std::string_view nsp, std::uint64_t id,
                std::span<const Json> arguments, const EncodeLimits& limits) {
  named([id] { return "the acknowledgement " + std::to_string(id); },
        [&] {
          Text text(out, &attachments, limits);
          text.header(Type::ack, nsp, id);
          text.list(arguments);
          text.finish();
        });
}

void append_packet(std::string& out, Attachments& attachments, const Packet& packet,
                   const EncodeLimits& limits) {
  switch (packet.type) {
    case Type::connect:
      return append_connect(out, packet.nsp, packet.data, limits);
    case Type::disconnect:
      return append_disconnect(out, packet.nsp);
    case Type::event:
      return append_event(out, attachments, packet.nsp, packet.id, packet.name, packet.arguments, limits);
    case Type::ack:
      if (!packet.id) not_sendable("an acknowledgement cannot be sent: it has no number");
      return append_ack(out, attachments, packet.nsp, *packet.id, packet.arguments, limits);
    case Type::connect_error:
      return append_connect_error(out, packet.nsp, packet.data, limits);
  }
}

}  // namespace silex::net::socket_io
