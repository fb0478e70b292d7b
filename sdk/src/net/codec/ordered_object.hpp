// The members of a JSON object in the order in which they came, as JavaScript keeps them: an action's
// commands are shown in that order. For nlohmann::basic_json, as its ObjectType. nlohmann::ordered_map, which
// it resembles, looks for each member from the first one on: with a thousand of them, that is too slow.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <functional>
#include <iterator>
#include <list>
#include <memory>
#include <new>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace silex::net {

template <typename Key, typename Value, typename... /*Rest*/>
class OrderedObject {
 public:
  using key_type = Key;
  using mapped_type = Value;
  using value_type = std::pair<const Key, Value>;
  using key_compare = std::less<>;
  using Members = std::list<value_type>;
  using iterator = typename Members::iterator;
  using const_iterator = typename Members::const_iterator;
  using size_type = std::size_t;

  OrderedObject() = default;
  template <typename Input>
  OrderedObject(Input first, Input last) {
    insert(first, last);
  }
  OrderedObject(const OrderedObject& other) : members_(other.members_) { keep_index(); }
  OrderedObject(OrderedObject&&) noexcept = default;
  OrderedObject& operator=(OrderedObject other) noexcept {
    members_.swap(other.members_);
    index_.swap(other.index_);
    return *this;
  }
  ~OrderedObject() = default;

  iterator begin() noexcept { return members_.begin(); }
  iterator end() noexcept { return members_.end(); }
  const_iterator begin() const noexcept { return members_.begin(); }
  const_iterator end() const noexcept { return members_.end(); }
  const_iterator cbegin() const noexcept { return members_.cbegin(); }
  const_iterator cend() const noexcept { return members_.cend(); }
  [[nodiscard]] bool empty() const noexcept { return members_.empty(); }
  [[nodiscard]] size_type size() const noexcept { return members_.size(); }
  [[nodiscard]] size_type max_size() const noexcept { return members_.max_size(); }

  iterator find(std::string_view key) { return find_in(*this, key); }
  const_iterator find(std::string_view key) const { return find_in(*this, key); }
  [[nodiscard]] size_type count(std::string_view key) const { return find(key) == end() ? 0 : 1; }

  // A new one comes last; one that is there stays where it is.
  template <typename Name, typename... Values>
  std::pair<iterator, bool> emplace(Name&& key, Values&&... values) {
    if (const iterator found = find(key); found != end()) return {found, false};
    members_.emplace_back(std::piecewise_construct, std::forward_as_tuple(std::forward<Name>(key)),
                          std::forward_as_tuple(std::forward<Values>(values)...));
    const iterator added = std::prev(end());
    keep_index();
    return {added, true};
  }
  std::pair<iterator, bool> insert(const value_type& member) { return emplace(member.first, member.second); }
  template <typename Input>
  void insert(Input first, Input last) {
    for (; first != last; ++first) emplace(first->first, first->second);
  }
  template <typename Name>
  Value& operator[](Name&& key) {
    return emplace(std::forward<Name>(key)).first->second;
  }

  iterator erase(const_iterator member) {
    if (index_) index_->erase(member->first);
    return members_.erase(member);
  }
  iterator erase(const_iterator first, const_iterator last) {
    while (first != last) first = erase(first);
    return members_.erase(last, last);
  }
  size_type erase(std::string_view key) {
    const iterator found = find(key);
    if (found == end()) return 0;
    erase(found);
    return 1;
  }
  void clear() noexcept {
    index_.reset();
    members_.clear();
  }

  // As JSON has it: whatever the order.
  friend bool operator==(const OrderedObject& left, const OrderedObject& right) {
    return left.size() == right.size() &&
           std::all_of(left.begin(), left.end(), [&](const value_type& member) {
             const auto found = right.find(member.first);
             return found != right.end() && found->second == member.second;
           });
  }
  friend std::partial_ordering operator<=>(const OrderedObject& left, const OrderedObject& right) {
    return std::lexicographical_compare_three_way(
        left.begin(), left.end(), right.begin(), right.end(),
        [](const value_type& l, const value_type& r) -> std::partial_ordering {
          const std::partial_ordering names = l.first <=> r.first;
          return std::is_neq(names) ? names : l.second <=> r.second;
        });
  }

 private:
  // Up to here, looking from the first one on is quicker.
  static constexpr size_type kUnindexed = 16;

  template <typename Self>
  static auto find_in(Self& self, std::string_view key) -> decltype(self.begin()) {
    if (!self.index_) {
      return std::find_if(self.begin(), self.end(),
                          [key](const value_type& member) { return member.first == key; });
    }
    const auto found = self.index_->find(key);
    return found == self.index_->end() ? self.end() : decltype(self.begin())(found->second);
  }
  // Has all members in the index, of which the last may be new. Without memory for it, there is none.
  void keep_index() noexcept {
    if (members_.size() <= kUnindexed) return;
    try {
      if (index_) {
        index_->emplace(members_.back().first, std::prev(end()));
        return;
      }
      index_ = std::make_unique<Index>();
      for (iterator member = begin(); member != end(); ++member) index_->emplace(member->first, member);
    } catch (const std::bad_alloc&) {
      index_.reset();
    }
  }

  using Index = std::unordered_map<std::string_view, iterator>;  // by views of the members' keys

  Members members_;
  std::unique_ptr<Index> index_;
};

}  // namespace silex::net
