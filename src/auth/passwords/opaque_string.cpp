#include "auth/passwords/opaque_string.hpp"

#include <utf8proc.h>

#include <array>
#include <string>

namespace jwtgate::auth {
namespace {

// A password has at most 128 characters, each of which decomposes into 4 code points of 4 bytes at most. The
// bound also keeps the time short: putting marks in order takes the square of their number.
constexpr std::size_t longest = 128 * 4 * 4;

// Two bytes decompose into three code points at most. One place more is for the NUL that utf8proc writes.
using code_points = std::array<utf8proc_int32_t, longest * 3 / 2 + 1>;

/// Code points, later the bytes made of them, that are overwritten when they go.
struct secret_code_points {
    code_points values;

    secret_code_points() = default;
    secret_code_points(secret_code_points const&) = delete;
    secret_code_points& operator=(secret_code_points const&) = delete;

    ~secret_code_points() { core::wipe(values.data(), sizeof values); }
};

utf8proc_int32_t space_as_ascii(utf8proc_int32_t code_point, void* /*data*/) noexcept
{
    return utf8proc_category(code_point) == UTF8PROC_CATEGORY_ZS ? ' ' : code_point;
}

core::secret copy_of(std::string_view bytes)
{
    return core::secret{std::string{bytes}};
}

}  // namespace

// In our own memory, since utf8proc_map leaves what it allocated unwiped.
core::secret opaque_string(std::string_view password)
{
    if (password.size() > longest) return copy_of(password);
    secret_code_points buffer;
    constexpr auto nfc = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    constexpr auto room = static_cast<utf8proc_ssize_t>(std::tuple_size_v<code_points> - 1);
    auto const count = utf8proc_decompose_custom(
        reinterpret_cast<utf8proc_uint8_t const*>(password.data()),
        static_cast<utf8proc_ssize_t>(password.size()),
        buffer.values.data(),
        room,
        nfc,
        space_as_ascii,
        nullptr
    );
    if (count < 0 || count > room) return copy_of(password);
    auto const size = utf8proc_reencode(buffer.values.data(), count, nfc);
    if (size < 0) return copy_of(password);
    return copy_of({reinterpret_cast<char const*>(buffer.values.data()), static_cast<std::size_t>(size)});
}

}  // namespace jwtgate::auth
