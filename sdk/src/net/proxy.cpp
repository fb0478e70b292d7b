#include "net/proxy.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

namespace silex::net {
namespace {

std::string lower(std::string_view text) {
  std::string lowered(text);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lowered;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
  return text;
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host.ends_with(".localhost") || host == "::1" || host.starts_with("127.");
}

std::string first_set(const Environment& environment, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (std::string value = environment(name); !value.empty()) return value;
  }
  return {};
}

std::string base64(std::string_view bytes) {
  static constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::array<unsigned, 3> b{};
    for (std::size_t k = 0; k < count; ++k) b[k] = static_cast<unsigned char>(bytes[i + k]);
    const unsigned group = (b[0] << 16U) | (b[1] << 8U) | b[2];
    text.push_back(digits[(group >> 18U) & 63U]);
    text.push_back(digits[(group >> 12U) & 63U]);
    text.push_back(count > 1 ? digits[(group >> 6U) & 63U] : '=');
    text.push_back(count > 2 ? digits[group & 63U] : '=');
  }
  return text;
}

Url parse_proxy(const std::string& text) {
  // curl and others take "proxy.lan:3128" without a scheme, so studios write it that way.
  return parse_url(text.find("://") == std::string::npos ? "http://" + text : text);
}

}  // namespace

std::string environment_variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): we set no variable
  return value != nullptr ? value : "";
}

bool no_proxy_matches(std::string_view no_proxy, const Url& url) {
  const std::string host = lower(url.host);
  const std::string host_port = lower(host_and_port(url));
  while (!no_proxy.empty()) {
    const auto comma = std::min(no_proxy.find(','), no_proxy.size());
    std::string entry = lower(trimmed(no_proxy.substr(0, comma)));
    no_proxy.remove_prefix(std::min(comma + 1, no_proxy.size()));
    if (entry.empty()) continue;
    if (entry == "*" || entry == host || entry == host_port || entry == "[" + host + "]") return true;
    if (entry.starts_with("*.")) entry.erase(0, 1);
    const std::string domain = entry.front() == '.' ? entry : "." + entry;
    if (host.ends_with(domain) || host == std::string_view(domain).substr(1)) return true;
  }
  return false;
}

std::optional<Url> proxy_for(const Url& url, const TransportOptions& options,
                             const Environment& environment) {
  if (!options.proxy.empty()) return parse_proxy(options.proxy);
  if (!options.proxy_from_environment || is_loopback(lower(url.host))) return std::nullopt;
  std::string text = url.secure ? first_set(environment, {"https_proxy", "HTTPS_PROXY"}) : std::string();
  if (text.empty()) text = first_set(environment, {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"});
  if (text.empty() || no_proxy_matches(first_set(environment, {"no_proxy", "NO_PROXY"}), url))
    return std::nullopt;
  return parse_proxy(text);
}

std::string connect_request(const Url& url, const Url& proxy) {
  const std::string name = host_and_port(url);
  std::string request = "CONNECT " + name + " HTTP/1.1\r\nHost: " + name + "\r\n";
  if (!proxy.user_info.empty()) request += "Proxy-Authorization: Basic " + base64(proxy.user_info) + "\r\n";
  return request + "\r\n";
}

std::optional<std::string> connect_refusal(std::string_view answer, const Url& url, const Url& proxy) {
  constexpr std::size_t longest_answer = std::size_t{64} * 1024;
  const std::string who = "the proxy " + host_and_port(proxy);
  if (answer.find("\r\n\r\n") == std::string_view::npos) {
    if (answer.size() < longest_answer) return std::nullopt;
    return who + " does not answer as an HTTP proxy; check http_proxy";
  }
  const std::string_view status_line = answer.substr(0, answer.find("\r\n"));
  const auto space = status_line.find(' ');
  if (!status_line.starts_with("HTTP/1.") || space == std::string_view::npos) {
    return who + " does not answer as an HTTP proxy; check http_proxy";
  }
  const std::string_view status = status_line.substr(space + 1);
  if (status.starts_with("2")) return std::string();
  if (status.starts_with("407"))
    return who + " wants a user and a password; write http://user:password@host:port";
  return who + " refuses to connect to " + host_and_port(url) + ": " + std::string(status);
}

}  // namespace silex::net
