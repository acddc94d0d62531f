#include "cli/keys/key_set_text.hpp"

#include "text/printable.hpp"
#include "text/raw_json.hpp"
#include <jwtgate/jwt/key_set.hpp>

#include <algorithm>
#include <vector>

namespace jwtgate::cli {
namespace {

using key_texts = std::vector<std::string_view>;

std::string quoted(std::string_view kid)
{
    return '"' + text::printable(kid) + '"';
}

std::string_view value_of(std::string_view object, std::string_view name)
{
    auto const members = text::members_of(object);
    return std::ranges::find(members, name, &text::raw_member::name)->value;
}

/// The array of keys, and the keys in it.
struct key_list {
    std::string_view array;
    key_texts items;

    explicit key_list(std::string_view text) : array{value_of(text, "keys")}, items{text::items_of(array)} {}
};

char const* end_of(std::string_view text) noexcept
{
    return text.data() + text.size();
}

/// The text with these keys in place of those in its list, with the white space that it had around them.
core::secret with_keys(std::string_view text, key_list const& old, key_texts const& wanted)
{
    auto const* const first = old.items.front().data();
    auto const* const last = end_of(old.items.back());
    std::string_view const space(old.array.data() + 1, first);
    std::size_t size = text.size();
    for (auto const key : wanted) size += 1 + space.size() + key.size();

    std::string out;
    out.reserve(size);  // no copy of a secret is left behind by growing
    out.append(text.data(), first);
    for (auto const key : wanted) {
        if (key.data() != wanted.front().data()) out.append(",").append(space);
        out.append(key);
    }
    out.append(last, end_of(text));
    return core::secret(std::move(out));
}

changed_key_set checked(core::secret text)
{
    auto const keys = jwt::key_set::parse(text.reveal());
    if (!keys) return core::refusal::because(keys.error().detail);
    return text;
}

key_texts::const_iterator find(key_texts const& in, std::string_view kid)
{
    return std::ranges::find_if(in, [kid](std::string_view key) {
        return text::string_of(value_of(key, "kid")) == kid;
    });
}

core::refusal no_such_key(std::string_view kid)
{
    return core::refusal::because("no key " + quoted(kid) + " in the key file");
}

}  // namespace

changed_key_set append_keys(std::string_view text, std::string_view other)
{
    key_list const old(text);
    auto wanted = old.items;
    std::ranges::copy(key_list(other).items, std::back_inserter(wanted));
    return checked(with_keys(text, old, wanted));
}

changed_key_set put_key_first(std::string_view text, std::string_view kid)
{
    key_list const old(text);
    auto const found = find(old.items, kid);
    if (found == old.items.end()) return no_such_key(kid);
    auto wanted = old.items;
    auto const place = wanted.begin() + (found - old.items.begin());
    std::rotate(wanted.begin(), place, place + 1);
    return checked(with_keys(text, old, wanted));
}

changed_key_set take_out_key(std::string_view text, std::string_view kid)
{
    key_list const old(text);
    auto const found = find(old.items, kid);
    if (found == old.items.end()) return no_such_key(kid);
    if (found == old.items.begin())
        return core::refusal::because("key " + quoted(kid) + " signs: use another one first");
    auto wanted = old.items;
    wanted.erase(wanted.begin() + (found - old.items.begin()));
    return checked(with_keys(text, old, wanted));
}

}  // namespace jwtgate::cli
