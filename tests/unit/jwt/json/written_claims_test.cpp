#include "jwt/json/written_claims.hpp"

#include "jwt/json/claims_json.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::jwt::tests {
namespace {

constexpr std::int64_t largest = std::int64_t{1} << 53;

std::string written(claims const& what)
{
    static std::array<char, 20'000> memory;
    return {memory.data(), write_claims(what, memory).value()};
}

/// What the short way makes of a payload, written again; nothing when it refuses it.
std::optional<std::string> the_short_way(std::string_view payload)
{
    claims read;
    if (!read_written_claims(payload, read)) return std::nullopt;
    return written(read);
}

/// The same by the general way, which demands six claims that the short way does not.
std::optional<std::string> the_general_way(std::string payload)
{
    claims read;
    auto const accepted = read_any_claims(payload, read);
    if (!accepted && accepted.error() != errc::missing_claim) return std::nullopt;
    return written(read);
}

/// Claims of which each may be there or not, with texts that need no escape.
class random_claims {
public:
    claims next()
    {
        texts_.clear();
        texts_.reserve(64);
        claims what;
        if (is_there()) what.fresh = is_there();
        for (auto* const field :
             {&what.issued_at, &what.not_before, &what.expires_at, &what.refreshable_until, &what.counter})
            if (is_there()) *field = number();
        for (auto* const field :
             {&what.id, &what.type, &what.subject, &what.csrf, &what.issuer, &what.session})
            if (is_there()) *field = text();
        if (is_there()) what.audience.push_back(text());
        if (is_there()) what.roles = list();
        return what;
    }

private:
    bool is_there() { return engine_() % 2 == 0; }

    std::int64_t number()
    {
        static constexpr std::array<std::int64_t, 8> special{
            0, 1, 9, 10, 99'999'999, 100'000'000, largest - 1, largest};
        if (is_there()) return special[engine_() % special.size()];
        return static_cast<std::int64_t>(engine_()) * static_cast<std::int64_t>(engine_() % 4'000'000);
    }

    std::string_view text()
    {
        std::string made(1 + engine_() % 70, ' ');
        for (auto& c : made) {
            c = static_cast<char>(0x20 + engine_() % 0x60);
            if (c == '"' || c == '\\') c = '_';
        }
        return texts_.emplace_back(std::move(made));
    }

    string_list list()
    {
        string_list made;
        for (auto more = engine_() % 5; more > 0; --more) made.push_back(text());
        return made;
    }

    std::minstd_rand engine_{1};
    std::vector<std::string> texts_;
};

constexpr std::string_view access_payload =
    R"({"fresh":true,"iat":1800000000,"jti":"q4xMkT0b5mVfJw2uYc8rNg","type":"access","sub":"demo",)"
    R"("nbf":1800000000,"csrf":"h1Zt6sQ9pLrE3kXoVn7aBw","aud":"site","iss":"us","exp":1800003600,)"
    R"("sid":"Jd8fKq2mTz5yRw0xGb6cHs","roles":["admin","staff"],"sxp":1800086400,"ctr":7})";

BOOST_AUTO_TEST_SUITE(jwt_written_claims)

BOOST_AUTO_TEST_CASE(reads_all_that_is_written_without_an_escape)
{
    random_claims source;
    for (int i = 0; i < 20'000; ++i) {
        auto const payload = written(source.next());
        auto const read = the_short_way(payload);
        if (payload == "{}") continue;
        BOOST_TEST_REQUIRE((read == payload), payload);
        BOOST_TEST_REQUIRE((the_general_way(payload) == payload), payload);
    }
}

BOOST_AUTO_TEST_CASE(leaves_all_else_to_the_general_way)
{
    auto const refused = std::to_array<std::string_view>({
        "",
        "}",
        "{",
        "{}",
        "[]",
        R"({"sub":"a"} )",
        R"( {"sub":"a"})",
        R"({"sub" :"a"})",
        R"({"sub": "a"})",
        R"({"sub":"a","jti":"b"})",   // in another order
        R"({"sub":"a","sub":"a"})",   // twice
        R"({"sub":"a","more":"b"})",  // a claim that is not ours
        R"({"sub":"a\n"})",
        R"({"sub":"ä"})",  // not plain
        "{\"sub\":\"a\x7f\x01\"}",
        R"({"sub":""})",
        R"({"roles":[""]})",
        R"({"aud":["a","b"]})",
        R"({"roles":["a",]})",
        R"({"roles":"a"})",
        R"({"iat":-1})",
        R"({"iat":01})",
        R"({"iat":1.0})",
        R"({"iat":1e3})",
        R"({"iat":})",
        R"({"iat":9007199254740993})",
        R"({"iat":99999999999999999})",
        R"({"iat":"1"})",
        R"({"fresh":1})",
        R"({"fresh":truE})",
        R"({"sub":"a)",
        R"({"sub":"a",)",
        R"({"sub":"a"}})",
    });
    for (auto payload : refused) BOOST_TEST(!the_short_way(payload).has_value(), payload);

    std::string roles = R"({"roles":["a")";
    for (int i = 0; i < 32; ++i) roles += R"(,"a")";
    BOOST_TEST(!the_short_way(roles + "]}").has_value());
}

BOOST_AUTO_TEST_CASE(whatever_it_reads_the_general_way_reads_the_same)
{
    BOOST_TEST_REQUIRE((the_short_way(access_payload) == access_payload));
    for (std::size_t place = 0; place < access_payload.size(); ++place)
        for (int value = 0; value < 256; ++value) {
            std::string changed{access_payload};
            changed[place] = static_cast<char>(value);
            auto const read = the_short_way(changed);
            if (read) BOOST_TEST_REQUIRE((read == the_general_way(changed)), changed);
        }
    for (std::size_t size = 0; size < access_payload.size(); ++size)
        BOOST_TEST(!the_short_way(access_payload.substr(0, size)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
