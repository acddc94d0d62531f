#include "auth/login/failure_memory.hpp"

#include "auth/login/login_guard.hpp"

namespace jwtgate::auth {

task<result<void>> failure_memory::start()
{
    auto const remembered = co_await shared_.store.remembered_failures(failure_table::usual_size);
    if (!remembered) co_return remembered.error();
    shared_.guard.restore(*remembered, shared_.clock.steady());
    co_return result<void>{};
}

task<void> failure_memory::run()
{
    if (shared_.guard.has_changes(shared_.clock.steady())) co_await write();
}

task<void> failure_memory::stop()
{
    co_await write();
}

task<void> failure_memory::write()
{
    auto const changes = shared_.guard.take_changes(shared_.clock.steady());
    auto const written = co_await shared_.store.remember_failures(changes);
    if (!written) shared_.guard.put_back(changes);
}

}  // namespace jwtgate::auth
