#include "auth/token_minter.hpp"

#include "support/fake_domain.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using ring_names = std::vector<std::string>;

using namespace std::chrono_literals;
using namespace jwtgate;
using namespace jwtgate::auth;

struct fixture {
    test::fake_domain domain;
    std::chrono::sys_seconds now = domain.time.now();
    session of;
    user whose;

    fixture()
    {
        whose.name = "ann";
        whose.roles = {"admin", "staff"};
        of.id = "Session0000000000000id";
        of.user_name = "ann";
        of.created = of.rotated_at = now;
        of.refresh_expires = now + 30 * 24h;
        of.absolute_end = now + 90 * 24h;
        of.csrf_access = "csrf-of-access";
        of.csrf_refresh = "csrf-of-refresh";
    }

    token_minter minter(std::string_view kid = "test") const
    {
        return {test::one_key(kid), domain.settings, domain.random};
    }

    grant tokens(freshness state = freshness::fresh) const
    {
        return minter().tokens_of(of, whose, state, now).value();
    }

    jwt::verified read(std::string_view token) const
    {
        jwt::policy demands;
        demands.issuer = domain.settings.issuer;
        demands.audience = domain.settings.audience;
        return jwt::verifier{test::one_key("test"), demands}.verify(token, now).value();
    }
};

/// The payload as it stands in the token.
std::string payload(std::string_view token)
{
    auto const first = token.find('.') + 1;
    auto const text = token.substr(first, token.find('.', first) - first);
    std::string bytes(jwt::base64url_decoded_size(text.size()), '\0');
    jwt::base64url_decode(text, bytes.data()).value();
    return bytes;
}

std::int64_t seconds(std::chrono::sys_seconds time)
{
    return time.time_since_epoch().count();
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_token_minter, fixture)

BOOST_AUTO_TEST_CASE(an_access_token_says_all_of_the_contract_in_its_order)
{
    domain.settings.audience = "shop";
    domain.settings.issuer = "https://login";
    auto const made = tokens();
    auto const id = std::string(read(made.access.token).claims().id);
    BOOST_TEST(id.size() == 22U);
    auto const n = seconds(now);
    BOOST_TEST(
        payload(made.access.token) ==
        R"({"fresh":true,"iat":)" + std::to_string(n) + R"(,"jti":")" + id +
            R"(","type":"access","sub":"ann","nbf":)" + std::to_string(n) +
            R"(,"csrf":"csrf-of-access","aud":"shop","iss":"https://login","exp":)" +
            std::to_string(n + 3600) + R"(,"sid":"Session0000000000000id","roles":["admin","staff"],"sxp":)" +
            std::to_string(n + 86400) + "}"
    );
    BOOST_TEST(made.access.csrf == "csrf-of-access");
    BOOST_TEST((made.access.lives_for == 1h));
}

BOOST_AUTO_TEST_CASE(a_refresh_token_says_all_of_the_contract_in_its_order)
{
    of.counter = 7;
    auto const made = tokens();
    auto const id = std::string(read(made.refresh_token).claims().id);
    BOOST_TEST(id.size() == 22U);
    auto const n = seconds(now);
    BOOST_TEST(
        payload(made.refresh_token) == R"({"fresh":false,"iat":)" + std::to_string(n) + R"(,"jti":")" + id +
                                           R"(","type":"refresh","sub":"ann","nbf":)" + std::to_string(n) +
                                           R"(,"csrf":"csrf-of-refresh","exp":)" +
                                           std::to_string(n + std::int64_t{30} * 86400) +
                                           R"(,"sid":"Session0000000000000id","ctr":7})"
    );
    BOOST_TEST(made.refresh_csrf == "csrf-of-refresh");
    BOOST_TEST((made.refresh_lives_for == 30 * 24h));
}

BOOST_AUTO_TEST_CASE(a_user_without_roles_has_an_empty_list_of_them)
{
    whose.roles.clear();
    BOOST_TEST(payload(tokens().access.token).find(R"("roles":[])") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(only_a_login_makes_a_fresh_token)
{
    BOOST_TEST(read(tokens(freshness::fresh).access.token).claims().fresh.value());
    BOOST_TEST(!read(tokens(freshness::refreshed).access.token).claims().fresh.value());
}

BOOST_AUTO_TEST_CASE(no_access_token_lives_past_the_end_of_implicit_refresh)
{
    struct row {
        std::chrono::seconds implicit_refresh_max;
        std::chrono::seconds left_of_session;
        std::chrono::seconds left_of_refresh_token;
        std::chrono::seconds rotated_ago;
        std::chrono::seconds exp;
        std::chrono::seconds sxp;
    };

    for (auto const& [most, left, left_of_token, ago, exp, sxp] : {
             row{24h, 24h * 90, 24h * 30, 0s, 1h, 24h},
             row{24h, 24h, 24h * 30, 0s, 1h, 24h},
             row{24h, 24h - 1s, 24h * 30, 0s, 1h, 24h - 1s},
             row{24h, 1h, 24h * 30, 0s, 1h, 1h},
             row{24h, 1h - 1s, 24h * 30, 0s, 1h - 1s, 1h - 1s},
             row{24h, 1s, 24h * 30, 0s, 1s, 1s},
             row{30min, 24h * 90, 24h * 30, 0s, 30min, 30min},
             row{1s, 24h * 90, 24h * 30, 29s, 1s, 1s},
             row{24h, 24h * 90, 24h * 30, 10s, 1h, 24h},
             row{24h, 24h * 90, 8h, 0s, 1h, 8h},
             row{24h, 24h * 90, 24h - 1s, 0s, 1h, 24h - 1s},
             row{24h, 24h * 90, 59min, 0s, 59min, 59min},
             row{24h, 24h * 90, 8h, 17h, 1h, 8h},
             row{24h, 7h, 8h, 0s, 1h, 7h},
         }) {
        domain.settings.implicit_refresh_max = most;
        of.absolute_end = now + left;
        of.refresh_expires = now + left_of_token;
        of.rotated_at = now - ago;
        auto const made = tokens();
        auto const token = read(made.access.token);
        BOOST_TEST(token.claims().expires_at.value() == seconds(now + exp));
        BOOST_TEST(token.claims().refreshable_until.value() == seconds(now + sxp));
        BOOST_TEST((made.access.lives_for == exp));
    }
}

BOOST_AUTO_TEST_CASE(one_row_gives_one_refresh_token)
{
    auto const one = minter().refresh_token(of).value();
    domain.time.advance(10s);
    BOOST_TEST(minter().refresh_token(of).value() == one);
    ++of.counter;
    BOOST_TEST(read(minter().refresh_token(of).value()).claims().id != read(one).claims().id);
    --of.counter;
    of.id = "Session0000000000001id";
    BOOST_TEST(read(minter().refresh_token(of).value()).claims().id != read(one).claims().id);
}

BOOST_AUTO_TEST_CASE(the_id_of_a_refresh_token_follows_from_the_key)
{
    auto const here = payload(minter("test").refresh_token(of).value());
    auto const there = payload(minter("other").refresh_token(of).value());
    BOOST_TEST(here.substr(0, here.find("jti")) == there.substr(0, there.find("jti")));
    BOOST_TEST(here != there);
    BOOST_TEST(minter("other").key_id() == "other");
}

BOOST_AUTO_TEST_CASE(the_key_of_a_refresh_token_is_the_one_that_its_row_names)
{
    auto const ring_of = [](ring_names const& kids) {
        std::string keys;
        for (auto const& kid : kids) {
            auto const json =
                jwt::make_key_set_json(jwt::algorithm::hs256, kid, std::string(32, kid.front()));
            auto const key = json.substr(json.find('[') + 1, json.rfind(']') - json.find('[') - 1);
            keys += (keys.empty() ? "" : ",") + key;
        }
        return std::make_shared<jwt::key_set const>(jwt::key_set::parse(R"({"keys":[)" + keys + "]}").value()
        );
    };
    jwt::key_ring ring(ring_of({"a", "b"}));
    token_minter minter(ring, domain.settings, domain.random);
    for (int rotation = 0; rotation < 180; ++rotation) {
        of.counter = rotation + 1;
        of.rotated_kid = minter.key_id();
        auto const use_next = [&] {
            ring.replace(ring_of(rotation % 2 == 0 ? ring_names{"b", "a"} : ring_names{"a", "b"}));
        };
        if (rotation % 3 != 0) use_next();
        auto const token = minter.refresh_token(of).value();
        BOOST_TEST(jwt::verifier(ring, {}).verify(token, now)->key_id() == of.rotated_kid);
        use_next();
        BOOST_TEST(minter.refresh_token(of).value() == token);
    }
    of.rotated_kid = "removed";
    BOOST_TEST(
        jwt::verifier(ring, {}).verify(minter.refresh_token(of).value(), now)->key_id() == minter.key_id()
    );
}

BOOST_AUTO_TEST_CASE(two_access_tokens_have_two_ids)
{
    auto both = minter();
    auto const one = both.tokens_of(of, whose, freshness::fresh, now).value();
    auto const two = both.tokens_of(of, whose, freshness::fresh, now).value();
    BOOST_TEST(read(one.access.token).claims().id != read(two.access.token).claims().id);
}

BOOST_AUTO_TEST_SUITE_END()
