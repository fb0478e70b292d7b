#include "abi/acknowledgements.hpp"

#include "abi/arguments.hpp"
#include "abi/connection_values.hpp"
#include "abi/post.hpp"

#include <utility>

namespace silex::abi {

void Acknowledgements::expect(silex_id id, const silex_emission& emission) {
  const std::lock_guard lock(mutex_);
  waiting_.emplace(id, Waiting{emission.task, emission.data, emission.acknowledged});
}

bool Acknowledgements::tell(silex_id id, net::Ack ack) {
  const auto found = take(id);
  if (!found) return false;
  const Waiting waiting = found.mapped();
  auto text = std::make_unique<const ArgumentsText>(std::move(ack.arguments));
  post(*core_, waiting.task,
       [waiting, text = std::move(text), status = status_of(ack.status), why = std::move(ack.sentence)] {
         const silex_acknowledgement told{sizeof(silex_acknowledgement), status, why.c_str(), text->view()};
         waiting.acknowledged(waiting.data, &told);
       });
  return true;
}

bool Acknowledgements::cancel(silex_id id) {
  const auto found = take(id);
  if (!found) return false;
  const Waiting waiting = found.mapped();
  post(*core_, waiting.task, [waiting] {
    const silex_acknowledgement told{sizeof(silex_acknowledgement),
                                     SILEX_ERROR_CANCELLED,
                                     "cancelled",
                                     {sizeof(silex_arguments), 0, "[]", nullptr}};
    waiting.acknowledged(waiting.data, &told);
  });
  return true;
}

std::unordered_map<silex_id, Acknowledgements::Waiting>::node_type Acknowledgements::take(silex_id id) {
  const std::lock_guard lock(mutex_);
  return waiting_.extract(id);
}

}  // namespace silex::abi
