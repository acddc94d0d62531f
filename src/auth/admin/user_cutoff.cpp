#include "auth/admin/user_cutoff.hpp"

#include "auth/revocation/revocation_index.hpp"

namespace jwtgate::auth {

cutoff cutoff_now(shared_state const& shared)
{
    auto const now = shared.clock.now();
    return {
        .issued_before = now,
        .keep_until = now + shared.settings.session_max_age + revocation_margin,
    };
}

std::size_t end_at_once(
    shared_state const& shared, user_cutoff const& of, std::vector<std::string> const& sessions
)
{
    for (auto const& session : sessions) shared.revoked.note_stored_end(session);
    shared.revoked.cut_off(of.name, of.issued_before);
    return sessions.size();
}

}  // namespace jwtgate::auth
