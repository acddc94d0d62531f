#include "jwtgate/jwt/key_ring.hpp"

#include <utility>

namespace jwtgate::jwt {

key_ring::key_ring(std::shared_ptr<key_set const> keys) : last_{std::make_shared<link>(std::move(keys))} {}

std::shared_ptr<key_set const> key_ring::current() const
{
    std::lock_guard const lock{mutex_};
    return last_->keys;
}

void key_ring::replace(std::shared_ptr<key_set const> keys)
{
    auto added = std::make_shared<link>(std::move(keys));
    std::lock_guard const lock{mutex_};
    auto const replaced = std::exchange(last_, added);
    replaced->next = std::move(added);
    replaced->is_replaced.store(true, std::memory_order_release);
}

key_ring::reader::reader(key_ring const& ring)
{
    std::lock_guard const lock{ring.mutex_};
    at_ = ring.last_;
}

// Links that nobody else stands at go one by one here, instead of each inside the one before.
key_ring::reader::~reader()
{
    if (at_) advance();
}

void key_ring::reader::advance_to_last() noexcept
{
    while (at_->is_replaced.load(std::memory_order_acquire)) at_ = at_->next;
}

}  // namespace jwtgate::jwt
