// The parts that hold work: the store with its ids, the list in which work waits, and the links it is made
// of.
#include "runtime/work_list.hpp"

#include "runtime/event_loop.hpp"
#include "runtime/ids.hpp"
#include "runtime/intrusive_list.hpp"
#include "runtime/logger.hpp"
#include "runtime/loop_item.hpp"
#include "runtime/manual_clock.hpp"
#include "runtime/probe.hpp"
#include "runtime/task_registry.hpp"
#include "runtime/work_store.hpp"

#include <set>
#include <thread>

#include <gmock/gmock.h>

namespace silex::test {

namespace {

using ::testing::ElementsAre;

struct Link : ListLinks {
  explicit Link(int link_value) : value(link_value) {}
  int value;
};

std::vector<int> values(const IntrusiveList<Link>& list) {
  std::vector<int> found;
  for (const Link* link = list.front(); link; link = static_cast<const Link*>(link->next)) {
    found.push_back(link->value);
  }
  EXPECT_EQ(found.size(), list.size());
  EXPECT_EQ(found.empty(), list.empty());
  return found;
}

class IntrusiveLists : public ::testing::Test {
 protected:
  Link a{1}, b{2}, c{3}, d{4};
  IntrusiveList<Link> list;
  IntrusiveList<Link> other;
};

TEST_F(IntrusiveLists, GiveOutWhatCameFirst) {
  EXPECT_EQ(list.pop_front(), nullptr);
  list.push_back(&a);
  list.push_back(&b);
  EXPECT_EQ(list.pop_front(), &a);
  EXPECT_EQ(list.pop_front(), &b);
  EXPECT_EQ(list.pop_front(), nullptr);
  EXPECT_TRUE(list.empty());
}

TEST_F(IntrusiveLists, LoseElementsFromAnyPlace) {
  for (Link* link : {&a, &b, &c, &d}) list.push_back(link);
  list.erase(&b);
  EXPECT_THAT(values(list), ElementsAre(1, 3, 4));
  list.erase(&d);
  list.push_back(&b);
  EXPECT_THAT(values(list), ElementsAre(1, 3, 2));
  list.erase(&a);
  EXPECT_THAT(values(list), ElementsAre(3, 2));
}

TEST_F(IntrusiveLists, AreJoinedInOrder) {
  list.push_back(&a);
  other.push_back(&b);
  other.push_back(&c);
  list.append(other);
  EXPECT_THAT(values(list), ElementsAre(1, 2, 3));
  EXPECT_THAT(values(other), ElementsAre());
  other.push_back(&d);
  list.prepend(other);
  EXPECT_THAT(values(list), ElementsAre(4, 1, 2, 3));
  EXPECT_THAT(values(other), ElementsAre());
}

TEST_F(IntrusiveLists, AreJoinedWithEmptyOnes) {
  list.append(other);
  list.prepend(other);
  EXPECT_TRUE(list.empty());
  other.push_back(&a);
  list.prepend(other);
  EXPECT_THAT(values(list), ElementsAre(1));
  list.prepend(other);
  list.append(other);
  EXPECT_THAT(values(list), ElementsAre(1));
}

TEST(Inboxes, GiveAllInTheOrderOfArrival) {
  LoopItem one(nullptr);
  LoopItem two(nullptr);
  LoopItem three(nullptr);
  Inbox inbox;
  EXPECT_TRUE(inbox.empty());
  for (LoopItem* const item : {&one, &two, &three}) inbox.push(item);
  LoopItem* const first = inbox.take_all();
  EXPECT_EQ(first, &one);
  EXPECT_EQ(first->next, &two);
  EXPECT_EQ(first->next->next, &three);
  EXPECT_EQ(first->next->next->next, nullptr);
  EXPECT_TRUE(inbox.empty());
}

TEST(Ids, NameAKindAndASlot) {
  const silex_id work = work_id(7, 12345);
  EXPECT_FALSE(is_timer(work));
  EXPECT_EQ(slot_of(work), 12345u);
  EXPECT_EQ(slot_of(work_id(7, kWorkSlots - 1)), kWorkSlots - 1);
  EXPECT_NE(work, work_id(8, 12345));
  EXPECT_TRUE(is_timer(timer_id(7)));
  EXPECT_NE(timer_id(7), timer_id(8));
  EXPECT_NE(work_id(1, 0), 0u);
}

// A loop that never starts: what is told is kept, so that outcomes can be looked at in peace.
class Work : public ::testing::Test {
 protected:
  WorkItem* make(WorkKind kind = WorkKind::call) { return store.make(kind, work, nullptr); }
  // Both sides are through with it.
  static void let_go(WorkItem* item) {
    item->drop();
    item->drop();
  }

  ManualClock clock;
  Logger logger{[](void*, silex_log_level, const char*) {}, nullptr};
  TaskRegistry tasks;
  const std::atomic<int> nothing_near{0};
  EventLoop loop{clock, logger, tasks, nothing_near, std::chrono::hours(1), nullptr, nullptr};
  WorkStore store{loop, clock, kWorkSlots};
  silex_work work{sizeof(silex_work),
                  0,
                  0,
                  "work",
                  0,
                  nullptr,
                  [](void*, const silex_scope*) -> silex_status { return SILEX_OK; },
                  nullptr,
                  nullptr};
};

using Store = Work;

TEST_F(Store, FindsWorkByItsId) {
  WorkItem* const item = make();
  EXPECT_EQ(store.find(item->id), item);
  item->drop();  // what find() retained
  EXPECT_EQ(store.find(item->id + 2), nullptr) << "the next slot";
  EXPECT_EQ(store.find(0), nullptr);
  EXPECT_EQ(store.find(timer_id(1)), nullptr);
  EXPECT_EQ(store.find(SILEX_NONE - 1), nullptr) << "a slot that there is not";
}

TEST_F(Store, UsesPlacesAgainUnderOtherIds) {
  WorkItem* const first = make();
  const silex_id stale = first->id;
  let_go(first);
  EXPECT_EQ(store.find(stale), nullptr);
  WorkItem* const second = make();
  EXPECT_EQ(second, first);
  EXPECT_NE(second->id, stale);
  EXPECT_EQ(store.find(stale), nullptr);
}

TEST_F(Store, KeepsWorkThatSomebodyRetains) {
  WorkItem* const item = make();
  ASSERT_TRUE(item->retain());
  let_go(item);
  EXPECT_NE(make(), item);
  item->drop();
  EXPECT_FALSE(item->retain());
  EXPECT_EQ(make(), item);
}

TEST_F(Store, GrowsWithoutMovingWhatItHolds) {
  std::set<WorkItem*> items;
  std::set<silex_id> ids;
  for (int i = 0; i < 1000; ++i) {
    WorkItem* const item = make();
    items.insert(item);
    ids.insert(item->id);
  }
  EXPECT_EQ(items.size(), 1000u);
  EXPECT_EQ(ids.size(), 1000u);
  for (WorkItem* const item : items) {
    EXPECT_EQ(store.find(item->id), item);
    item->drop();
  }
}

class List : public Work {
 protected:
  WorkItem* push() {
    WorkItem* const item = make();
    EXPECT_EQ(list.push(item), WorkList::Pushed::yes);
    return item;
  }
  bool withdraw(WorkItem* item) { return list.withdraw(*item, SILEX_OUTCOME_CANCELLED, cancelled); }

  WorkList list{3};
  const Status cancelled{SILEX_ERROR_CANCELLED, "cancelled"};
};

TEST_F(List, IsBounded) {
  for (int i = 0; i < 3; ++i) push();
  EXPECT_EQ(list.push(make()), WorkList::Pushed::full);
  EXPECT_EQ(list.size(), 3u);
  list.pop();
  EXPECT_EQ(list.push(make()), WorkList::Pushed::yes);
}

TEST_F(List, GivesUpTheRoomOfWhatIsWithdrawn) {
  WorkItem* const first = push();
  WorkItem* const second = push();
  EXPECT_TRUE(withdraw(first));
  EXPECT_EQ(list.size(), 1u);
  EXPECT_EQ(first->outcome(), SILEX_OUTCOME_CANCELLED);
  EXPECT_EQ(list.pop(), second);
  EXPECT_FALSE(withdraw(first)) << "it has ended";
}

TEST_F(List, LeavesAStoneWhereItsRunnerHasTakenAll) {
  WorkItem* const first = push();
  WorkList::Items taken;
  list.take_all(taken);
  EXPECT_TRUE(withdraw(first));
  EXPECT_EQ(taken.pop_front(), first);
  EXPECT_FALSE(first->begin());
}

TEST_F(List, TakesBackInFrontWhatWasNotRun) {
  WorkItem* const first = push();
  WorkItem* const second = push();
  WorkList::Items taken;
  list.take_all(taken);
  WorkItem* const third = push();
  EXPECT_EQ(list.put_back(taken), 3u);
  EXPECT_TRUE(withdraw(second));
  EXPECT_EQ(list.pop(), first);
  EXPECT_EQ(list.pop(), second);
  EXPECT_FALSE(second->begin());
  EXPECT_EQ(list.pop(), third);
}

TEST_F(List, KnowsSinceWhenItsFirstWaits) {
  const TimePoint begin = clock.now();
  push();
  clock.advance(std::chrono::seconds(1));
  push();
  EXPECT_EQ(list.waiting_since(), begin);
  list.pop();
  EXPECT_EQ(list.waiting_since(), begin + std::chrono::seconds(1));
}

TEST_F(List, EndsWhatWaitsWhenItIsClosed) {
  WorkItem* const item = push();
  list.close(SILEX_OUTCOME_HOST_GONE, {SILEX_ERROR_HOST_GONE, "gone"});
  EXPECT_EQ(item->outcome(), SILEX_OUTCOME_HOST_GONE);
  EXPECT_EQ(list.size(), 0u);
  EXPECT_EQ(list.push(make()), WorkList::Pushed::closed);
  std::atomic<int> idle{1};
  EXPECT_EQ(list.wait_and_pop(idle), nullptr);
}

TEST_F(List, WakesWhoWaitsForTheNext) {
  std::atomic<int> idle{1};
  WorkItem* popped = nullptr;
  std::thread waiter([&] { popped = list.wait_and_pop(idle); });
  WorkItem* const item = push();
  waiter.join();
  EXPECT_EQ(popped, item);
  EXPECT_EQ(idle, 0);
}

// A timeout may pass before the work is queued, in a place that a call of another list left.
TEST_F(List, IsNotTouchedByWhatIsWithdrawnBeforeItComes) {
  WorkList calls{3};
  WorkItem* const call = make();
  ASSERT_EQ(calls.push(call), WorkList::Pushed::yes);
  WorkList::Items taken;
  calls.take_all(taken);
  ASSERT_EQ(taken.pop_front(), call);
  let_go(call);
  WorkItem* const job = make(WorkKind::job);
  ASSERT_EQ(job, call) << "the place was to be used again";
  push();
  EXPECT_TRUE(withdraw(job));
  EXPECT_EQ(list.size(), 1u);
  EXPECT_EQ(list.push(job), WorkList::Pushed::yes);
  EXPECT_EQ(list.size(), 2u);
}

}  // namespace

}  // namespace silex::test
