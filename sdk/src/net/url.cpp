#include "net/url.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <stdexcept>

namespace silex::net {
namespace {

[[noreturn]] void refuse(std::string_view text, std::string_view why) {
  throw std::invalid_argument("the address \"" + std::string(text) + "\" " + std::string(why) +
                              "; write it as ws://host:port or wss://host:port");
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
      decoded.push_back(static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])));
      i += 2;
    } else {
      decoded.push_back(text[i]);
    }
  }
  return decoded;
}

bool parse_scheme(std::string_view text, std::string_view& rest) {
  const auto colon = text.find("://");
  if (colon == std::string_view::npos) refuse(text, "has no scheme");
  std::string scheme(text.substr(0, colon));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  rest = text.substr(colon + 3);
  if (scheme == "wss" || scheme == "https") return true;
  if (scheme == "ws" || scheme == "http") return false;
  refuse(text, "has the scheme \"" + scheme + "\", which is not known here");
}

std::uint16_t parse_port(std::string_view text, std::string_view digits) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size() || port == 0 || port > 65535) {
    refuse(text, "has the port \"" + std::string(digits) + "\", which is not between 1 and 65535");
  }
  return static_cast<std::uint16_t>(port);
}

}  // namespace

Url parse_url(std::string_view text) {
  // A line break would let an address write headers of its own into the request.
  const auto unprintable = [](unsigned char c) { return c <= ' ' || c == 127; };
  if (std::any_of(text.begin(), text.end(), unprintable))
    refuse(text, "has a space or a control character in it");
  Url url;
  std::string_view rest;
  url.secure = parse_scheme(text, rest);
  rest = rest.substr(0, rest.find('#'));
  const auto authority_end = std::min(rest.find_first_of("/?"), rest.size());
  std::string_view authority = rest.substr(0, authority_end);
  rest.remove_prefix(authority_end);

  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    url.user_info = percent_decoded(authority.substr(0, at));
    authority.remove_prefix(at + 1);
  }
  std::string_view port;
  if (!authority.empty() && authority.front() == '[') {
    const auto bracket = authority.find(']');
    if (bracket == std::string_view::npos) refuse(text, "has a '[' without its ']'");
    url.host = authority.substr(1, bracket - 1);
    port = authority.substr(bracket + 1);
  } else {
    const auto colon = std::min(authority.find(':'), authority.size());
    url.host = authority.substr(0, colon);
    port = authority.substr(colon);
  }
  if (url.host.empty()) refuse(text, "names no host");
  url.port = url.secure ? 443 : 80;
  if (!port.empty()) {
    if (port.front() != ':') refuse(text, "has something between the host and the port");
    url.port = parse_port(text, port.substr(1));
  }
  const auto question = std::min(rest.find('?'), rest.size());
  url.path = rest.substr(0, question);
  if (url.path.empty()) url.path = "/";
  if (question < rest.size()) url.query = rest.substr(question + 1);
  return url;
}

std::string host_and_port(const Url& url) {
  const bool ipv6 = url.host.find(':') != std::string::npos;
  return (ipv6 ? "[" + url.host + "]" : url.host) + ":" + std::to_string(url.port);
}

std::string display_name(const Url& url) {
  return (url.secure ? "wss://" : "ws://") + host_and_port(url);
}

std::string target(const Url& url) {
  return url.query.empty() ? url.path : url.path + "?" + url.query;
}

}  // namespace silex::net
