#include "api/body/json_body.hpp"

#include "api/body/media_type.hpp"
#include "api/errors.hpp"
#include "core/secret.hpp"

#include <boost/json/array.hpp>
#include <boost/json/memory_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <new>

namespace jwtgate::api {
namespace {

namespace json = boost::json;

class wiping_resource final : public json::memory_resource {
    // Boost.JSON frees with another alignment than it allocated with; both are at most what plain new gives.
    void* do_allocate(std::size_t size, std::size_t /*alignment*/) override { return ::operator new(size); }

    void do_deallocate(void* block, std::size_t size, std::size_t /*alignment*/) override
    {
        core::wipe(block, size);
        ::operator delete(block);
    }

    bool do_is_equal(json::memory_resource const& other) const noexcept override { return this == &other; }
};

// In valid JSON every colon outside a string stands behind the name of a member.
std::size_t count_names(std::string_view text)
{
    std::size_t names = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (in_string && text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            in_string = !in_string;
        } else if (!in_string && text[i] == ':') {
            ++names;
        }
    }
    return names;
}

std::size_t count_members(json::value const& value)
{
    std::size_t members = 0;
    if (auto const* const object = value.if_object()) {
        members = object->size();
        for (auto const& member : *object) members += count_members(member.value());
    } else if (auto const* const array = value.if_array()) {
        for (auto const& element : *array) members += count_members(element);
    }
    return members;
}

}  // namespace

core::result<json::object> parse_object(std::string_view body)
{
    json::error_code failed;
    auto parsed = json::parse(body, failed, json::make_shared_resource<wiping_resource>());
    if (failed) return errc::bad_json;
    if (!parsed.is_object()) return errc::not_an_object;
    // Boost.JSON keeps one of two members with the same name, so a name is then missing.
    if (count_members(parsed) != count_names(body)) return errc::duplicate_member;
    return std::move(parsed.get_object());
}

core::result<std::string_view> json_body_of(http::request const& req) noexcept
{
    if (req.find("Content-Encoding").data() != nullptr) return errc::content_encoding;
    if (req.count("Content-Type") != 1 || !is_utf8_type(req.find("Content-Type"), "application/json"))
        return errc::media_type;
    return req.body;
}

}  // namespace jwtgate::api
