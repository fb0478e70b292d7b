// Choices: who decides what comes next in a schedule. The same seed, or the same path, decides the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace silex::testkit {

// What is chosen, one after another.
class Choices {
 public:
  // By chance, but the same chance for the same seed on each machine.
  static Choices by_seed(std::uint64_t seed) {
    Choices choices;
    choices.state_ = seed;
    choices.seeded_ = true;
    return choices;
  }
  // As written, and after its end always the first.
  static Choices by_path(std::vector<unsigned> path) {
    Choices choices;
    choices.path_ = std::move(path);
    return choices;
  }

  // One of 0 to options - 1. `weights` say how often, by chance; by a path each is one option.
  unsigned choose(const std::vector<unsigned>& weights) {
    const auto options = static_cast<unsigned>(weights.size());
    unsigned chosen = 0;
    if (seeded_) {
      unsigned sum = 0;
      for (const unsigned weight : weights) sum += weight;
      auto at = static_cast<unsigned>(next() % sum);
      while (at >= weights[chosen]) at -= weights[chosen++];
    } else if (made_.size() < path_.size()) {
      chosen = path_[made_.size()] % options;
    }
    made_.push_back({chosen, options});
    return chosen;
  }
  // One of 0 to options - 1, each as often.
  unsigned choose(unsigned options) { return choose(std::vector<unsigned>(options, 1)); }

  // The path that comes after the one that was gone, as an odometer counts; none after the last.
  [[nodiscard]] std::optional<std::vector<unsigned>> next_path() const {
    std::size_t last = made_.size();
    while (last > 0 && made_[last - 1].chosen + 1 == made_[last - 1].options) --last;
    if (last == 0) return std::nullopt;
    std::vector<unsigned> path;
    for (std::size_t i = 0; i < last; ++i) path.push_back(made_[i].chosen);
    ++path.back();
    return path;
  }

 private:
  struct Made {
    unsigned chosen;
    unsigned options;
  };

  // SplitMix64, by Sebastiano Vigna: https://prng.di.unimi.it/splitmix64.c
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  bool seeded_ = false;
  std::uint64_t state_ = 0;
  std::vector<unsigned> path_;
  std::vector<Made> made_;
};

}  // namespace silex::testkit
