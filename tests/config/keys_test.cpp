// Every key of the table: its name in the environment, its default, what it takes and what it refuses.
#include "config/key_table.hpp"
#include "load_fixture.hpp"
#include "net/client_options.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace silex::config::test {
namespace {

struct Case {
  std::string key;
  std::string good;              // not the default
  std::string written;           // as it is written again
  std::vector<std::string> bad;  // in YAML
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {"service.url",
       "wss://silex.studio:443/?a=b",
       "",
       {"studio", "ftp://a", "ws://a:99999", "[ws://a]", "ws://u:p@a", "''"}},
      {"service.path", "/other/", "", {"other/", "[/]", "'/a b'", "/a?b", ""}},
      {"service.connect_timeout", "5s", "", {"5", "soon", "0s", "11min", "[5s]", "-1s"}},
      {"service.verify_certificate", "false", "", {"maybe", "0", "'false'", "[false]"}},
      {"service.ca_file", "/etc/studio.pem", "", {"[a]", "{a: b}"}},
      {"service.token_file", "/etc/studio.token", "", {"[a]", "{a: b}"}},
      {"service.compress", "false", "", {"maybe", "1"}},
      {"service.proxy", "http://proxy:3128", "", {"ftp://a", "https://a", "[a]", "http://"}},
      {"service.metrics", "2s", "", {"-1s", "2min", "often"}},
      {"service.headers",
       "{X-Studio: north}",
       "",
       {"X-Studio", "[a]", "{'a b': c}", "{a: [b]}", "{a: \"b\\nc\"}", "{'': b}"}},
      {"reconnect.first", "100ms", "", {"0s", "2h", "often"}},
      {"reconnect.longest", "1min", "", {"0s", "2h", "true"}},
      {"reconnect.jitter", "0.5", "", {"-0.1", "1.1", ".nan", "'0.5'", "much"}},
      {"outbox.events", "500", "", {"0", "100000001", "1.5", "many", "'500'"}},
      {"outbox.bytes", "1MiB", "", {"1", "65GiB", "much"}},
      {"runtime.workers", "3", "", {"-1", "1025", "two", "1.0"}},
      {"runtime.worker_queue", "7", "", {"0", "10000001"}},
      {"runtime.drain_budget", "4ms", "", {"0s", "11s"}},
      {"runtime.linger", "0s", "", {"2s", "none"}},
      {"runtime.loop_stall", "1s", "", {"0s", "25h"}},
      {"runtime.slow_call", "1s", "", {"0s", "25h"}},
      {"runtime.host_busy", "3s", "", {"0s", "25h"}},
      {"runtime.no_pump", "1min", "", {"0s", "25h"}},
      {"runtime.stop_timeout", "3s", "", {"0s", "11min"}},
      {"log.level", "warning", "WARNING", {"loud", "3", "[INFO]", "''"}},
      {"log.folder", "/var/log/silex", "", {"[a]", "{}"}},
      {"log.file_size", "1MiB", "", {"1KiB", "5GiB"}},
      {"log.files", "0", "", {"-1", "1001"}},
      {"adapters.path", "[/a, /b]", "", {"{a: b}", "[[a]]", "[a, '']"}},
  };
  return all;
}

std::string name_of(const Key& key) {
  return std::string(key.section) + "." + std::string(key.name);
}

const Case& case_of(const Key& key) {
  const auto known =
      std::find_if(cases().begin(), cases().end(), [&](const Case& c) { return c.key == name_of(key); });
  if (known == cases().end()) throw std::out_of_range("no case for " + name_of(key));
  return *known;
}

class EveryKey : public LoadTest, public testing::WithParamInterface<std::string> {
 protected:
  [[nodiscard]] static const Key& key() {
    return *std::find_if(keys().begin(), keys().end(), [](const Key& k) { return name_of(k) == GetParam(); });
  }
  static std::string in_file(const std::string& value) {
    return std::string(key().section) + ":\n  " + std::string(key().name) + ": " + value + "\n";
  }
  static std::string expected() {
    const Case& c = case_of(key());
    return c.written.empty() ? c.good : c.written;
  }
};

TEST_P(EveryKey, IsReadFromAFile) {
  Config config = load(in_file(case_of(key()).good));
  EXPECT_TRUE(findings_.empty()) << findings_.text();
  EXPECT_EQ(write_value(key().field, config), expected());
  Config defaults;
  EXPECT_NE(write_value(key().field, defaults), expected());
}

TEST_P(EveryKey, IsReadFromTheEnvironmentOverTheFile) {
  Config defaults;
  std::string text = case_of(key()).good;
  if (name_of(key()) == "adapters.path") text = "/a:/b";
  variables_[variable_of(key())] = text;
  Config config = load(in_file(write_value(key().field, defaults)));
  EXPECT_TRUE(findings_.empty()) << findings_.text();
  EXPECT_EQ(write_value(key().field, config), expected());
}

TEST_P(EveryKey, RefusesWhatItDoesNotAllowAndSaysWhatItDoes) {
  Config defaults;
  for (const std::string& bad : case_of(key()).bad) {
    const std::string found = findings_in(in_file(bad));
    ASSERT_EQ(findings_.size(), 1U) << bad << "\n" << found;
    const yaml::Finding& finding = findings_.kept().front();
    EXPECT_EQ(finding.line, 2) << bad;
    EXPECT_GT(finding.column, bad.empty() ? 2 : 3) << bad;
    EXPECT_TRUE(finding.found.starts_with(name_of(key()) + " is ")) << finding.found;
    EXPECT_EQ(finding.allowed, allowed_in(key().field));
  }
}

TEST_P(EveryKey, TakesItsOwnDefault) {
  Config defaults;
  const std::string text = write_value(key().field, defaults);
  Config config = load(in_file(text));
  EXPECT_TRUE(findings_.empty()) << findings_.text();
  EXPECT_EQ(write_value(key().field, config), text);
}

std::vector<std::string> all_names() {
  std::vector<std::string> names;
  for (const Key& key : keys()) names.push_back(name_of(key));
  return names;
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Config, EveryKey, testing::ValuesIn(all_names()), test_name);

TEST(KeyTable, GivesEachKeyOneSectionAndOneVariable) {
  std::set<std::string> names;
  std::set<std::string> variables;
  for (const Key& key : keys()) {
    EXPECT_TRUE(names.insert(name_of(key)).second) << name_of(key);
    EXPECT_TRUE(variables.insert(variable_of(key)).second) << variable_of(key);
    EXPECT_TRUE(std::any_of(sections().begin(), sections().end(), [&](const Section& section) {
      return section.name == key.section;
    })) << name_of(key);
    EXPECT_FALSE(key.docs.empty());
  }
  EXPECT_TRUE(variables.contains("SILEX_SERVICE_URL"));
  EXPECT_TRUE(variables.contains("SILEX_RUNTIME_STOP_TIMEOUT"));
  EXPECT_TRUE(variables.contains("SILEX_ADAPTER_PATH"));
}

TEST(Defaults, AreThoseOfTheClient) {
  const Config config;
  const net::ClientOptions client;
  EXPECT_EQ(config.service.url, client.url);
  EXPECT_EQ(config.service.path, client.path);
  EXPECT_EQ(config.service.connect_timeout, client.transport.connect_timeout);
  EXPECT_EQ(config.service.verify_certificate, client.transport.verify_certificate);
  EXPECT_EQ(config.service.compress, client.transport.compress);
  EXPECT_EQ(config.reconnect.first, client.backoff.first);
  EXPECT_EQ(config.reconnect.longest, client.backoff.longest);
  EXPECT_EQ(config.reconnect.jitter, client.backoff.jitter);
  EXPECT_EQ(config.outbox.events, client.outbox.events);
  EXPECT_EQ(config.outbox.bytes, client.outbox.bytes);
}

}  // namespace
}  // namespace silex::config::test
