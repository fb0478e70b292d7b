// Trees from text, and what is found in text that is none.
#include "yaml/reader.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace silex::yaml {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

class Reader : public testing::Test {
 protected:
  NodePtr read(const std::string& text, const Limits& limits = {}) {
    findings_ = {};
    return read_text(text, "a.yml", findings_, limits);
  }
  // The only finding.
  std::string finding(const std::string& text, const Limits& limits = {}) {
    read(text, limits);
    EXPECT_EQ(findings_.size(), 1U) << findings_.text();
    return findings_.text();
  }
  std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
  }
  Findings findings_;
};

TEST_F(Reader, KeepsOrderKindsAndPlaces) {
  const NodePtr root = read("b: [1, two]\na:\n  c: 'x'\n  d:\n");
  ASSERT_TRUE(root) << findings_.text();
  EXPECT_TRUE(findings_.empty());
  ASSERT_EQ(root->kind, Kind::mapping);
  ASSERT_EQ(root->entries.size(), 2U);
  EXPECT_EQ(root->entries[0].key, "b");
  EXPECT_EQ(root->entries[0].value->items.at(1)->text, "two");
  const Entry* const a = root->find("a");
  ASSERT_TRUE(a);
  const Entry* const c = a->value->find("c");
  ASSERT_TRUE(c);
  EXPECT_TRUE(c->value->quoted);
  EXPECT_EQ(a->value->find("d")->value->kind, Kind::null);
  EXPECT_EQ(root->find("z"), nullptr);
  EXPECT_EQ(to_text(finding_at(c->place, "here")), "a.yml:3:3: here");
  EXPECT_EQ(to_text(c->value->place), "a.yml:3");
}

TEST_F(Reader, CountsColumnsInCharacters) {
  const NodePtr root = read("\"\xC3\xA9t\xC3\xA9\": [x]\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(finding_at(root->entries.at(0).value->place, {}).column, 8);
}

TEST_F(Reader, KeepsTags) {
  const NodePtr root = read("a: !inherit\n  parent: x\nb: !command-output \"s:c\"\nc: !!str 42\n");
  ASSERT_TRUE(root) << findings_.text();
  EXPECT_EQ(root->find("a")->value->tag, "!inherit");
  EXPECT_EQ(root->find("b")->value->tag, "!command-output");
  EXPECT_EQ(root->find("c")->value->tag, "tag:yaml.org,2002:str");
}

TEST_F(Reader, AnEmptyDocumentIsNull) {
  for (const auto* text : {"", "# nothing\n", "---\n", "\xEF\xBB\xBF"}) {
    const NodePtr root = read(text);
    ASSERT_TRUE(root) << text << findings_.text();
    EXPECT_EQ(root->kind, Kind::null);
    EXPECT_TRUE(findings_.empty());
  }
}

TEST_F(Reader, PassesOverAByteOrderMarkAndTakesWindowsLineEnds) {
  const NodePtr root = read("\xEF\xBB\xBFkey: value\r\nnext: 1\r\n");
  ASSERT_TRUE(root) << findings_.text();
  EXPECT_EQ(root->find("key")->value->text, "value");
  EXPECT_EQ(root->find("next")->place.line, 2);
}

TEST_F(Reader, AliasesRepeatValues) {
  const NodePtr root = read("a: &x [1, 2]\nb: *x\n");
  ASSERT_TRUE(root) << findings_.text();
  EXPECT_EQ(root->find("a")->value, root->find("b")->value);
  EXPECT_EQ(root->nodes, 7U);
}

// Keys in their order, and which value is there: "a=1 b=2".
std::string entries_of(const Node& mapping) {
  std::string text;
  for (const Entry& entry : mapping.entries)
    text += (text.empty() ? "" : " ") + entry.key + "=" + entry.value->text;
  return text;
}

TEST_F(Reader, MergesAMappingBelowItsOwnKeys) {
  const NodePtr root = read("base: &base {a: 1, b: 2}\nx: {c: 3, <<: *base, b: 4}\ny: {<<: {a: 1}}\n");
  ASSERT_TRUE(root && findings_.empty()) << findings_.text();
  EXPECT_EQ(entries_of(*root->find("x")->value), "a=1 b=4 c=3");
  EXPECT_EQ(entries_of(*root->find("y")->value), "a=1");
  EXPECT_EQ(root->find("x")->value->find("a")->place.line, 1);
  EXPECT_EQ(root->find("x")->value->find("b")->place.line, 2);
  EXPECT_EQ(root->find("x")->value->nodes, 4U);
}

TEST_F(Reader, TheEarlierOfAListOfMergedMappingsWins) {
  const NodePtr root =
      read("a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc:\n  <<: [*a, *b]\n  z: 5\nd: {<<: []}\n");
  ASSERT_TRUE(root && findings_.empty()) << findings_.text();
  EXPECT_EQ(entries_of(*root->find("c")->value), "y=2 z=5 x=1");
  EXPECT_EQ(entries_of(*root->find("d")->value), "");
}

TEST_F(Reader, MergesWhatWasMergedItself) {
  const NodePtr root = read(
      "a: &a {x: 1, y: 1}\nb: &b {<<: *a, y: 2, z: 2}\nc: {<<: *b, z: 3}\nd: {<<: {<<: *a, x: 4}, y: 4}\n");
  ASSERT_TRUE(root && findings_.empty()) << findings_.text();
  EXPECT_EQ(entries_of(*root->find("c")->value), "x=1 y=2 z=3");
  EXPECT_EQ(entries_of(*root->find("d")->value), "x=4 y=4");
}

TEST_F(Reader, QuotesMakeAMergeAKey) {
  const NodePtr root = read("'<<': 1\na: {\"<<\": {b: 2}}\nc: {!!str <<: 3}\n");
  ASSERT_TRUE(root && findings_.empty()) << findings_.text();
  EXPECT_EQ(root->find("<<")->value->text, "1");
  EXPECT_TRUE(root->find("a")->value->find("<<"));
  EXPECT_TRUE(root->find("c")->value->find("<<"));
}

TEST_F(Reader, OnlyMappingsAreMerged) {
  EXPECT_EQ(finding("a: &a text\nb:\n  <<: *a\n  c: 1\n"),
            "a.yml:3:7: the text 'text' as the value of '<<'; allowed: a mapping, or a list of mappings");
  EXPECT_EQ(finding("a: {<<: [{b: 1}, 2]}\n"),
            "a.yml:1:9: a list with the number '2' in it as the value of '<<'; allowed: a mapping, or a list "
            "of mappings");
  EXPECT_EQ(finding("a:\n  <<:\n  c: 1\n"),
            "a.yml:2:3: nothing as the value of '<<'; allowed: a mapping, or a list of mappings");
  EXPECT_EQ(finding("a: &a {b: 1}\nc:\n  <<: *a\n  <<: *a\n"),
            "a.yml:4:3: the key '<<' stands here a second time; the first is in line 3; allowed: each key "
            "once; several mappings as a list: <<: [*first, *next]");
}

TEST_F(Reader, FindsKeysThatStandTwice) {
  const NodePtr root = read("a: 1\nb: 2\na: 3\nb: 4\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->find("a")->value->text, "1");
  EXPECT_EQ(
      findings_.text(),
      "a.yml:3:1: the key 'a' stands here a second time; the first is in line 1; allowed: each key once\n"
      "a.yml:4:1: the key 'b' stands here a second time; the first is in line 2; allowed: each key once");
}

TEST_F(Reader, FindsKeysThatAreNoText) {
  EXPECT_EQ(finding("? [1, 2]\n: x\nb: 2\n"), "a.yml:1:3: a list as a key; allowed: text as a key");
  EXPECT_THAT(finding("~: 1\n"), HasSubstr("nothing as a key"));
}

TEST_F(Reader, SaysWhereTheSyntaxBreaks) {
  EXPECT_THAT(finding("a: [1, 2\nb: 3\n"), MatchesRegex("a\\.yml:[12]:[0-9]+: this is no YAML: .+"));
  EXPECT_THAT(finding("a:\n\t- b\n"), MatchesRegex("a\\.yml:2:[0-9]+: this is no YAML: .+"));
  EXPECT_THAT(finding("a: *nobody\n"), HasSubstr("a.yml:1:"));
  EXPECT_EQ(read("a: 'x"), nullptr);
}

TEST_F(Reader, WantsUtf8) {
  EXPECT_EQ(finding("a: b\nc: \xFF\n"), "a.yml:2:4: a byte that is not UTF-8; allowed: UTF-8");
  EXPECT_EQ(finding(std::string("\xFF\xFE"
                                "a\0",
                                4)),
            "a.yml:1:1: this is UTF-16; allowed: UTF-8");
  EXPECT_EQ(finding("\xC3"), "a.yml:1:1: a byte that is not UTF-8; allowed: UTF-8");
}

TEST_F(Reader, RefusesControlCharactersAtWhichAParserWouldStop) {
  EXPECT_EQ(finding("a: 1\n\x04"
                    "b: 2\n"),
            "a.yml:2:1: a control character; allowed: of these only tabs and line ends");
  EXPECT_THAT(finding(std::string("a: \0", 4)), HasSubstr("a control character"));
}

TEST_F(Reader, WantsOneDocument) {
  EXPECT_EQ(finding("a: 1\n---\nb: 2\n"), "a.yml:3:1: a second document; allowed: one document per file");
}

TEST_F(Reader, EndsWhereAnAliasContainsItself) {
  EXPECT_THAT(finding("a: &x\n  b: *x\n"), HasSubstr("an alias stands inside the value that it repeats"));
}

TEST_F(Reader, BoundsWhatAliasesMultiply) {
  std::string text = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
  for (int i = 1; i < 20; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    text +=
        "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last + repeated(", " + last, 9) + "]\n";
  }
  EXPECT_THAT(finding(text), HasSubstr("more than 200000 values"));
}

TEST_F(Reader, BoundsWhatMergesMultiply) {
  std::string text = "a0: &a0 {k: 1}\n";
  for (int i = 1; i < 40; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " {<<: " + last + ", k" +
            std::to_string(i) + ": " + last + "}\n";
  }
  EXPECT_THAT(finding(text), HasSubstr("more than 200000 values"));
  const std::string long_key(std::size_t{1} << 20U, 'k');
  EXPECT_THAT(finding("a: &a {? " + long_key + " : 1}\nb: [" + repeated("{<<: *a}, ", 100) + "]\n"),
              HasSubstr("the keys that are merged in this document have more than 4194304 bytes"));
}

TEST_F(Reader, BoundsDepth) {
  EXPECT_THAT(finding(repeated("[", 65) + repeated("]", 65)), HasSubstr("nested more than 64 levels deep"));
  EXPECT_TRUE(read(repeated("[", 64) + repeated("]", 64)));
  EXPECT_EQ(read(repeated("[", 100'000)), nullptr);
  EXPECT_EQ(read(repeated("{a: ", 100'000)), nullptr);
  EXPECT_EQ(read(repeated("- ", 100'000)), nullptr);
}

TEST_F(Reader, BoundsSize) {
  Limits limits;
  limits.bytes = 10;
  EXPECT_EQ(finding("a: 12345678", limits), "a.yml: 11 bytes; allowed: at most 10");
}

TEST_F(Reader, TakesALongFile) {
  const NodePtr root = read(repeated("- a: 1\n  b: text\n", 30'000));
  ASSERT_TRUE(root) << findings_.text();
  EXPECT_EQ(root->items.size(), 30'000U);
}

class ReaderOfFiles : public Reader {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("silex_yaml_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string finding_in(const std::filesystem::path& file) {
    findings_ = {};
    EXPECT_EQ(read_file(file, findings_), nullptr);
    EXPECT_EQ(findings_.size(), 1U);
    return findings_.text();
  }
  std::filesystem::path folder_;
};

TEST_F(ReaderOfFiles, ReadsAFileAndNamesItInFindings) {
  const auto file = folder_ / "a.yml";
  std::ofstream(file) << "a: [";
  EXPECT_THAT(finding_in(file), HasSubstr(file.string() + ":1:"));
  std::ofstream(file) << "a: 1";
  findings_ = {};
  ASSERT_TRUE(read_file(file, findings_));
}

TEST_F(ReaderOfFiles, SaysWhyAFileCantBeRead) {
  EXPECT_THAT(finding_in(folder_ / "none.yml"), HasSubstr("none.yml: the file can't be read: No such file"));
  EXPECT_THAT(finding_in(folder_), HasSubstr("it is no regular file"));
  const auto pipe = folder_ / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_THAT(finding_in(pipe), HasSubstr("it is no regular file"));
  if (geteuid() == 0) return;  // who may read everything
  const auto secret = folder_ / "secret.yml";
  std::ofstream(secret) << "a: 1";
  chmod(secret.c_str(), 0);
  EXPECT_THAT(finding_in(secret), HasSubstr("Permission denied"));
}

TEST_F(ReaderOfFiles, ReadsNoMoreThanItMay) {
  const auto file = folder_ / "long.yml";
  std::ofstream(file) << "# " << std::string(5U << 20U, 'x');
  EXPECT_THAT(finding_in(file), HasSubstr("it is longer than 4194304 bytes"));
}

}  // namespace
}  // namespace silex::yaml
