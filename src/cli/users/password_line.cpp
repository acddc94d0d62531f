#include "cli/users/password_line.hpp"

#include "text/utf8.hpp"

#include <string>
#include <string_view>

namespace jwtgate::cli {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

bool holds(std::string_view line, char c) noexcept
{
    return line.find(c) != std::string_view::npos;
}

std::string_view without_end(std::string_view text) noexcept
{
    if (!text.ends_with('\n')) return text;
    text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    return text;
}

/// Null when it is a password.
char const* fault_of(std::string_view line) noexcept
{
    if (line.starts_with(byte_order_mark)) return "begins with a byte order mark: save the text without one";
    if (line.empty()) return "is empty";
    if (line.size() > longest_password_input) return "is longer than 4096 bytes";
    if (holds(line, '\n')) return "is more than one line";
    if (holds(line, '\r')) return "holds a carriage return";
    if (holds(line, '\0')) return "holds a NUL";
    if (!text::is_utf8(line)) return "is not UTF-8 text";
    return nullptr;
}

}  // namespace

boost::system::result<core::secret, core::refusal> password_in(core::secret const& input)
{
    if (input.reveal().empty()) return core::refusal::because("there is no password on standard input");
    auto const line = without_end(input.reveal());
    if (auto const* const fault = fault_of(line))
        return core::refusal::because(std::string("the password on standard input ") + fault);
    return core::secret(std::string(line));
}

}  // namespace jwtgate::cli
