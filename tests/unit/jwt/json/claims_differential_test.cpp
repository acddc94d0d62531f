#include "jwt/json/claims_json.hpp"
#include "jwt/json/json_scanner.hpp"
#include "unit/jwt/json/claims_oracle.hpp"
#include "unit/jwt/json/random_claims.hpp"
#include "unit/jwt/tokens.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jwtgate::jwt::tests {
namespace {

using kind = claims_oracle::kind;

/// What a payload says, one line a claim and sorted, or why it is refused.
struct reading {
    std::map<std::string, std::string> said;
    std::optional<errc> refusal;

    bool operator==(reading const&) const = default;
};

constexpr std::array texts{"jti", "type", "sub", "csrf", "iss", "sid"};
constexpr std::array numbers{"iat", "nbf", "exp", "sxp", "ctr"};
constexpr std::array demanded{"sub", "exp", "iat", "jti", "type", "sid"};

bool holds(auto const& names, std::string const& name)
{
    return std::ranges::find(names, name) != names.end();
}

/// Another implementation of what claims_json.hpp says of the claims of a valid payload: its members are read
/// one by one from what Boost.JSON has found.
class model {
public:
    explicit model(std::vector<claims_oracle::member> const& members)
    {
        for (auto const& [name, content] : members) read(name, content);
        auto const is_missing = [&](char const* name) { return !result_.said.contains(name); };
        if (!result_.refusal && std::ranges::any_of(demanded, is_missing))
            result_.refusal = errc::missing_claim;
        if (result_.refusal) result_.said.clear();
    }

    reading const& result() const { return result_; }

private:
    void read(std::string const& name, claims_oracle::value const& from)
    {
        auto& said = result_.said;
        if (holds(texts, name)) said[name] = text(from);
        if (holds(numbers, name)) said[name] = number(from);
        if (name == "fresh")
            said[name] = from.what == kind::boolean ? from.text : complain(errc::wrong_claim_type);
        if (name == "roles") said[name] = list(from);
        if (name == "aud") said[name] = from.what == kind::text ? text(from) + ';' : list(from);
        if (name == "aud" && said[name].empty()) complain(errc::wrong_claim_type);
    }

    std::string complain(errc why)
    {
        if (!result_.refusal) result_.refusal = why;
        return {};
    }

    std::string text(claims_oracle::value const& from)
    {
        if (from.what != kind::text || from.text.empty()) return complain(errc::wrong_claim_type);
        return from.text;
    }

    std::string number(claims_oracle::value const& from)
    {
        if (from.what != kind::number) return complain(errc::wrong_claim_type);
        auto const plain = from.text.find_first_not_of("0123456789") == std::string::npos;
        std::string_view const largest = "9007199254740992";
        auto const fits =
            from.text.size() < largest.size() || (from.text.size() == largest.size() && from.text <= largest);
        return plain && fits ? from.text : complain(errc::number_out_of_range);
    }

    std::string list(claims_oracle::value const& from)
    {
        if (from.what != kind::list) return complain(errc::wrong_claim_type);
        std::string all;
        for (std::size_t i = 0; i < from.elements.size(); ++i) {
            all += text(from.elements[i]) + ';';
            if (i >= 32) complain(errc::too_many_values);
        }
        return all;
    }

    reading result_;
};

/// What the library reads.
reading read(std::string json)
{
    claims out;
    if (auto const read = read_claims(json, out); !read) return {{}, static_cast<errc>(read.error().value())};

    reading result;
    auto const text = [&](char const* name, std::string_view value) {
        if (!value.empty()) result.said[name] = value;
    };
    auto const number = [&](char const* name, std::optional<std::int64_t> value) {
        if (value) result.said[name] = std::to_string(*value);
    };
    auto const list = [&](char const* name, string_list const& values) {
        for (auto const& value : values) result.said[name] += std::string{value} + ';';
    };
    text("jti", out.id), text("type", out.type), text("sub", out.subject), text("csrf", out.csrf);
    text("iss", out.issuer), text("sid", out.session), list("aud", out.audience);
    number("iat", out.issued_at), number("nbf", out.not_before), number("exp", out.expires_at);
    number("sxp", out.refreshable_until), number("ctr", out.counter);
    if (out.fresh) result.said["fresh"] = *out.fresh ? "true" : "false";
    if (out.roles) result.said["roles"], list("roles", *out.roles);
    return result;
}

struct tally {
    std::size_t beyond_boost = 0;
    std::map<std::string, std::size_t> answers;
};

/// Why our reader may refuse what is JSON: names twice, depth, too many names.
bool is_own_refusal(claims_oracle const& found, errc why)
{
    return (why == errc::duplicate_name && found.has_duplicate) ||
           (why == errc::too_deep && found.deepest > json_scanner::max_depth) ||
           (why == errc::too_many_values && found.most_names > json_scanner::max_names);
}

void check(std::string const& text, tally& all)
{
    boost::json::parse_options options;
    options.max_depth = 1000;
    boost::json::basic_parser<claims_oracle> parser{options};
    boost::json::error_code failure;
    auto const consumed = parser.write_some(false, text.data(), text.size(), failure);
    auto const& found = parser.handler();
    if (failure == boost::json::error::exponent_overflow) return void(++all.beyond_boost);

    auto const valid = !failure && consumed == text.size() && found.top_is_object;
    auto const got = read(text);
    auto const own = got.refusal && is_own_refusal(found, *got.refusal);
    auto const has_own_reason = is_own_refusal(found, errc::duplicate_name) ||
                                is_own_refusal(found, errc::too_deep) ||
                                is_own_refusal(found, errc::too_many_values);
    if (!valid) {
        BOOST_REQUIRE_MESSAGE(
            got.refusal == errc::bad_json || own, "accepted, or refused otherwise: " << text
        );
    } else if (has_own_reason) {
        BOOST_REQUIRE_MESSAGE(own, "not refused for a limit: " << text);
    } else {
        BOOST_REQUIRE_MESSAGE(got == model{found.members}.result(), "read otherwise: " << text);
    }
    ++all.answers[got.refusal ? make_error_code(*got.refusal).message() : "accepted"];
}

BOOST_AUTO_TEST_SUITE(jwt_claims_differential)

// Boost.JSON takes a number whose exponent no double holds for an error; those few are left out.
BOOST_AUTO_TEST_CASE(reads_100_000_payloads_as_boost_json_does)
{
    random_claims random{7519};
    tally all;
    for (int round = 0; round < 100'000; ++round) check(random.text(), all);
    for (auto const& [answer, count] : all.answers) BOOST_TEST_MESSAGE(count << ' ' << answer);
    BOOST_TEST(all.beyond_boost < 2'000U);
    BOOST_TEST(all.answers["accepted"] > 40'000U);
    for (auto why :
         {errc::bad_json,
          errc::duplicate_name,
          errc::too_deep,
          errc::missing_claim,
          errc::wrong_claim_type,
          errc::number_out_of_range,
          errc::too_many_values})
        BOOST_TEST(all.answers[make_error_code(why).message()] > 20U, make_error_code(why).message());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
