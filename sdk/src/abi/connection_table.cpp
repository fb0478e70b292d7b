#include "abi/connection_table.hpp"

#include "abi/occupancy_payload.hpp"
#include "runtime/ids.hpp"

#include <utility>

namespace silex::abi {

Status unknown_connection() {
  return {SILEX_ERROR_NOT_FOUND, "there is no such connection: it was closed, or never opened in this run"};
}

silex_id ConnectionTable::open(std::shared_ptr<Core> core, const config::Config& config,
                               const silex_connection_options& options, net::Json auth) {
  std::optional<net::Wiring> wiring;
  std::uint64_t run = 0;
  {
    const std::lock_guard lock(mutex_);
    forget_closed();
    if (!wiring_) wiring_ = net::own_net_thread();
    wiring = wiring_;
    run = run_;
  }
  // Not under the lock, which others wait for: the token may lie on a disk that is away.
  auto connection =
      std::make_shared<ConnectionHandle>(std::move(core), config, options, std::move(auth), *wiring);
  const silex_id id = next_foreign_id();
  const std::lock_guard lock(mutex_);
  if (run != run_) return 0;  // nobody would ever close it
  connection->start();
  open_.emplace(id, std::move(connection));
  return id;
}

std::shared_ptr<ConnectionHandle> ConnectionTable::find(silex_id id) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(id);
  return found == open_.end() ? nullptr : found->second;
}

Status ConnectionTable::close(silex_id id) {
  const std::lock_guard lock(mutex_);
  forget_closed();
  auto node = open_.extract(id);
  if (!node) return unknown_connection();
  // Kept until the net thread is through with it, which must not be the one that frees it.
  closing_.push_back(std::move(node.mapped()));
  closing_.back()->close();
  return {};
}

Status ConnectionTable::cancel(silex_id emission) {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, connection] : open_) {
    if (connection->cancel(emission)) return {};
  }
  for (const auto& connection : closing_) {
    if (connection->cancel(emission)) return {};
  }
  return {SILEX_ERROR_NOT_FOUND,
          "nothing waits for an acknowledgement under that id: it ended already, or never was"};
}

std::vector<std::shared_ptr<SessionHandle>> ConnectionTable::sessions() {
  std::vector<std::shared_ptr<SessionHandle>> sessions;
  const std::lock_guard lock(mutex_);
  for (const auto& [id, connection] : open_) {
    if (auto session = connection->session()) sessions.push_back(std::move(session));
  }
  return sessions;
}

void ConnectionTable::report(const net::RuntimeReport& report) {
  for (const auto& session : sessions()) session->report(report);
}

void ConnectionTable::tell_occupancy(const OccupancyReport& report, action::ActionTable& actions) {
  const auto told = sessions();
  if (told.empty()) return;
  net::Json payload = occupancy_payload(report, actions);
  for (const auto& session : told) {
    payload["uuid"] = session->uuid();
    session->front_event("metrics", payload);
  }
}

void ConnectionTable::close_all() {
  std::vector<std::shared_ptr<ConnectionHandle>> last;
  std::optional<net::Wiring> wiring;
  {
    const std::lock_guard lock(mutex_);
    last = std::exchange(closing_, {});
    for (auto& [id, connection] : std::exchange(open_, {})) {
      connection->close();
      last.push_back(connection);
    }
    wiring = std::exchange(wiring_, std::nullopt);
    ++run_;
  }
  for (const auto& connection : last) connection->wait_until_closed();
}

void ConnectionTable::forget_closed() {
  std::erase_if(closing_, [](const auto& connection) { return connection->is_closed(); });
}

}  // namespace silex::abi
