#include "yaml/reader.hpp"

#include "net/codec/utf8.hpp"
#include "yaml/tree_builder.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <fstream>
#include <istream>
#include <new>
#include <streambuf>
#include <system_error>
#include <utility>

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace silex::yaml {

namespace {

// Reads where the text is, without a copy of it.
class TextBuffer final : public std::streambuf {
 public:
  explicit TextBuffer(const std::string& text) {
    char* const begin = const_cast<char*>(text.data());  // streambuf's type; nothing is written
    setg(begin, begin, begin + text.size());
  }
};

Place place_at(std::shared_ptr<const Source> source, std::size_t offset) {
  const auto end = source->text.begin() + static_cast<std::ptrdiff_t>(offset);
  const auto line = 1 + std::count(source->text.begin(), end, '\n');
  return {std::move(source), offset, static_cast<int>(line)};
}

// yaml-cpp takes what is not UTF-8 for question marks, and stops at some control characters as if the file
// ended.
bool check_characters(const std::shared_ptr<const Source>& source, Findings& findings) {
  const std::string& text = source->text;
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    findings.add(finding_at(place_at(source, 0), "this is UTF-16", "UTF-8"));
    return false;
  }
  if (const std::size_t good = net::utf8_prefix(text); good < text.size()) {
    findings.add(finding_at(place_at(source, good), "a byte that is not UTF-8", "UTF-8"));
    return false;
  }
  const auto control = std::find_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 127;
  });
  if (control == text.end()) return true;
  findings.add(finding_at(place_at(source, static_cast<std::size_t>(control - text.begin())),
                          "a control character", "of these only tabs and line ends"));
  return false;
}

void add_syntax_finding(const std::shared_ptr<const Source>& source, const YAML::Exception& error,
                        Findings& findings) {
  Place place{source, 0, 0};
  if (!error.mark.is_null()) {
    place.offset = static_cast<std::size_t>(std::max(error.mark.pos, 0));
    place.line = error.mark.line + 1;
  }
  findings.add(finding_at(place, "this is no YAML: " + error.msg));
}

NodePtr parse(const std::shared_ptr<const Source>& source, Findings& findings, const Limits& limits) {
  TextBuffer buffer(source->text);
  std::istream stream(&buffer);
  YAML::Parser parser(stream);
  TreeBuilder builder(source, limits, findings);
  NodePtr root;
  if (parser.HandleNextDocument(builder)) root = builder.root();
  TreeBuilder next(source, limits, findings);
  if (root && parser.HandleNextDocument(next)) {
    findings.add(finding_at(next.root() ? next.root()->place : Place{source, 0, 0}, "a second document",
                            "one document per file"));
  }
  if (root) return root;
  auto empty = std::make_shared<Node>();
  empty->place = {source, 0, 1};
  return empty;
}

}  // namespace

NodePtr read_text(std::string text, std::string name, Findings& findings, const Limits& limits) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  const auto source = std::make_shared<const Source>(Source{std::move(name), std::move(text)});
  if (source->text.size() > limits.bytes) {
    findings.add(finding_at({source, 0, 0}, std::to_string(source->text.size()) + " bytes",
                            "at most " + std::to_string(limits.bytes)));
    return nullptr;
  }
  if (!check_characters(source, findings)) return nullptr;
  try {
    return parse(source, findings, limits);
  } catch (const YAML::Exception& error) {
    add_syntax_finding(source, error, findings);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    findings.add(finding_at({source, 0, 0}, std::string("this is no YAML: ") + error.what()));
  }
  return nullptr;
}

NodePtr read_file(const std::filesystem::path& file, Findings& findings, const Limits& limits) {
  const std::string name = file.string();
  const auto fail = [&](const std::string& why) -> NodePtr {
    findings.add({name, 0, 0, "the file can't be read: " + why, {}, {}});
    return nullptr;
  };
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (error) return fail(error.message());
  // A device or a pipe may never end.
  if (!std::filesystem::is_regular_file(status)) return fail("it is no regular file");
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return fail(std::generic_category().message(errno));
  // In pieces: room for the longest that is allowed would cost more than to read one that is short.
  std::string text;
  std::array<char, 16384> piece{};
  do {
    stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (stream.bad()) return fail(std::generic_category().message(errno));
    text.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
  } while (stream && text.size() <= limits.bytes);
  if (text.size() > limits.bytes) return fail("it is longer than " + std::to_string(limits.bytes) + " bytes");
  return read_text(std::move(text), name, findings, limits);
}

}  // namespace silex::yaml
