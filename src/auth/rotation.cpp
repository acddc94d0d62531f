#include "auth/rotation.hpp"

#include "auth/token_id.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <algorithm>

namespace jwtgate::auth {
namespace {

// Beyond it numbers of JSON are no longer exact (RFC 8259 section 6).
constexpr std::int64_t largest_counter = (std::int64_t{1} << 53) - 1;

// As far as a token's times may lie ahead of the clock.
constexpr auto tolerance = jwt::policy::setback_tolerance;

bool is_within(std::chrono::seconds grace, std::chrono::sys_seconds superseded, std::chrono::sys_seconds now)
{
    return superseded <= now + tolerance && now < superseded + grace;
}

bool is_recent(session const& row, rotation const& asked) noexcept
{
    auto const behind = row.counter - asked.counter;
    if (behind == 1) return is_within(asked.grace, row.rotated_at, asked.at);
    return behind == 2 && is_within(asked.grace, row.prev_rotated_at, asked.at);
}

}  // namespace

std::string_view fault_of(session const& row) noexcept
{
    if (row.counter < 1 || row.counter >= largest_counter) return "counter out of range";
    if (row.csrf_access.empty() || !is_base64url(row.csrf_access)) return "csrf_access is no id";
    if (row.csrf_refresh.empty() || !is_base64url(row.csrf_refresh)) return "csrf_refresh is no id";
    if (row.refresh_expires > row.absolute_end) return "refresh_expires is behind absolute_end";
    return {};
}

rotation_outcome judge(session const& row, rotation const& asked) noexcept
{
    if (!fault_of(row).empty()) return rotation_outcome::unusable;
    if (asked.at >= row.refresh_expires) return rotation_outcome::expired;
    if (row.rotated_at > asked.at + tolerance) return rotation_outcome::not_yet_valid;
    if (asked.counter > row.counter) return rotation_outcome::ahead;
    if (asked.counter == row.counter) return rotation_outcome::rotated;
    return is_recent(row, asked) ? rotation_outcome::same_again : rotation_outcome::reused;
}

session after(session row, rotation const& asked)
{
    ++row.counter;
    row.prev_rotated_at = row.rotated_at;
    row.rotated_at = asked.at;
    row.rotated_kid = asked.key_id;
    row.refresh_expires = std::min(asked.at + asked.refresh_ttl, row.absolute_end);
    return row;
}

}  // namespace jwtgate::auth
