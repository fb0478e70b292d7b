// A doubly linked list through members of its elements: no allocation, removal from the middle, splicing.
#pragma once

#include <cstddef>
#include <utility>

namespace silex {

// What an element derives from. An element is in at most one list; copying is meaningless.
struct ListLinks {
  ListLinks* previous = nullptr;
  ListLinks* next = nullptr;
};

// Owns nothing. Not thread-safe.
template <typename T>
class IntrusiveList {
 public:
  IntrusiveList() = default;
  IntrusiveList(const IntrusiveList&) = delete;
  IntrusiveList& operator=(const IntrusiveList&) = delete;

  [[nodiscard]] bool empty() const noexcept { return head_ == nullptr; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] T* front() const noexcept { return static_cast<T*>(head_); }

  // An element may have members of the links' names from elsewhere: hence the base class.
  void push_back(ListLinks* element) noexcept {
    element->previous = tail_;
    element->next = nullptr;
    (tail_ ? tail_->next : head_) = element;
    tail_ = element;
    ++size_;
  }

  void erase(ListLinks* element) noexcept {
    (element->previous ? element->previous->next : head_) = element->next;
    (element->next ? element->next->previous : tail_) = element->previous;
    --size_;
  }

  T* pop_front() noexcept {
    T* element = front();
    if (element) erase(element);
    return element;
  }

  // Moves all of `other` behind (or before) what is here.
  void append(IntrusiveList& other) noexcept { join(*this, other); }
  void prepend(IntrusiveList& other) noexcept {
    join(other, *this);
    std::swap(head_, other.head_);
    std::swap(tail_, other.tail_);
    std::swap(size_, other.size_);
  }

 private:
  static void join(IntrusiveList& first, IntrusiveList& second) noexcept {
    if (second.empty()) return;
    second.head_->previous = first.tail_;
    (first.tail_ ? first.tail_->next : first.head_) = second.head_;
    first.tail_ = second.tail_;
    first.size_ += second.size_;
    second.head_ = second.tail_ = nullptr;
    second.size_ = 0;
  }

  ListLinks* head_ = nullptr;
  ListLinks* tail_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace silex
