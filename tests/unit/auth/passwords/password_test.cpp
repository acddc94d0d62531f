#include "auth/passwords/password.hpp"

#include "auth/error.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/resource.h>

#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace jwtgate::auth;

constexpr std::string_view salt = "$c2FsdHNhbHRzYWx0c2FsdA";
constexpr std::string_view tag = "$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g";

std::string with(std::string_view parameters)
{
    return std::string("$argon2id$v=19$").append(parameters).append(salt).append(tag);
}

std::string hash_of(std::string_view password)
{
    return hash_password(password, least_password_cost).value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_password)

BOOST_AUTO_TEST_CASE(the_default_cost_is_19_mebibytes_and_two_passes)
{
    auto const hash = hash_password("correct horse", password_cost{}).value();
    BOOST_TEST(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    BOOST_TEST(verify_password(hash, "correct horse").has_value());
    BOOST_TEST((verify_password(hash, "correct horsf").error() == errc::bad_credentials));
    BOOST_TEST(is_usable_hash(hash));
}

BOOST_AUTO_TEST_CASE(one_password_gives_two_hashes)
{
    BOOST_TEST(hash_of("same") != hash_of("same"));
}

BOOST_AUTO_TEST_CASE(a_password_is_compared_byte_for_byte)
{
    using namespace std::string_view_literals;
    auto const hash = hash_of("Pässwörd"sv);
    BOOST_TEST(verify_password(hash, "Pässwörd"sv).has_value());
    for (auto const other :
         {"Pässwörd "sv,
          " Pässwörd"sv,
          "Pässwör"sv,
          "pässwörd"sv,
          "PÄSSWÖRD"sv,
          "Pässwörd\0"sv,
          "Pässwörd\0x"sv,
          "Pa\xcc\x88sswo\xcc\x88rd"sv,
          ""sv}) {
        BOOST_TEST_CONTEXT(other) BOOST_TEST((verify_password(hash, other).error() == errc::bad_credentials));
    }
}

BOOST_AUTO_TEST_CASE(every_byte_of_a_long_password_counts)
{
    for (std::size_t const length : {71, 72, 73, 127, 128, 255, 256, 5000}) {
        auto const password = std::string(length, 'x');
        auto const hash = hash_of(password);
        BOOST_TEST(verify_password(hash, password).has_value());
        auto last_differs = password;
        last_differs.back() = 'y';
        BOOST_TEST_CONTEXT(length)
        BOOST_TEST((verify_password(hash, last_differs).error() == errc::bad_credentials));
    }
}

BOOST_AUTO_TEST_CASE(a_damaged_hash_matches_nothing)
{
    for (auto const& hash :
         {std::string(), std::string("$argon2id$"), with("m=8,t=1,p=1"), std::string(300, '$')}) {
        BOOST_TEST_CONTEXT(hash) BOOST_TEST((verify_password(hash, "x").error() == errc::bad_credentials));
    }
}

BOOST_AUTO_TEST_CASE(a_hash_beyond_the_bounds_is_not_usable)
{
    struct row {
        std::string hash;
        bool usable;
    };

    for (auto const& [hash, usable] : {
             row{with("m=8,t=1,p=1"), true},
             row{with("m=262144,t=16,p=1"), true},
             row{with("m=262145,t=1,p=1"), false},
             row{with("m=8,t=17,p=1"), false},
             row{with("m=8,t=1,p=2"), false},
             row{with("m=8,t=1,p=11"), false},
             row{with("m=4294967304,t=1,p=1"), false},
             row{with("m=99999999999999999999999999,t=1,p=1"), false},
             row{with("m=-8,t=1,p=1"), false},
             row{with("m=,t=1,p=1"), false},
             row{with("t=1,m=8,p=1"), false},
             row{with("m=7,t=1,p=1"), false},
             row{with("m=8,t=0,p=1"), false},
             row{with("m=8,t=1,p=1") + "A", false},
             row{with("m=8,t=1,p=1") + "$", false},
             row{"$argon2id$v=19$m=8,t=1,p=1" + std::string(salt), false},
             row{"$argon2id$v=19$m=8,t=1,p=1" + std::string(salt) + "$", false},
             row{"$argon2id$v=19$m=8,t=1,p=1$c2FsdA" + std::string(tag), false},
             row{"$argon2id$v=19$m=8,t=1,p=1", false},
             row{"$argon2id$v=19$m=8", false},
             row{"$argon2i$v=19$m=8,t=3,p=1" + std::string(salt).append(tag), false},
             row{"$argon2id$v=16$m=8,t=1,p=1" + std::string(salt).append(tag), false},
             row{"$2b$12$abcdefghijklmnopqrstuv", false},
             row{"", false},
         }) {
        BOOST_TEST_CONTEXT(hash) BOOST_TEST(is_usable_hash(hash) == usable);
    }
}

BOOST_AUTO_TEST_CASE(a_hash_is_weaker_when_it_took_less_of_either)
{
    password_cost const wanted{.memory = std::size_t{64} << 10U, .passes = 2};
    BOOST_TEST(is_weaker(with("m=63,t=2,p=1"), wanted));
    BOOST_TEST(is_weaker(with("m=64,t=1,p=1"), wanted));
    BOOST_TEST(is_weaker(with("m=128,t=1,p=1"), wanted));
    BOOST_TEST(!is_weaker(with("m=64,t=2,p=1"), wanted));
    BOOST_TEST(!is_weaker(with("m=65,t=3,p=1"), wanted));
    BOOST_TEST(!is_weaker("", wanted));
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_made_up_for_within_the_memory)
{
    struct row {
        std::size_t due;
        std::size_t spent;
        std::size_t memory;
        std::optional<password_cost> made_up_by;
    };

    constexpr std::size_t kib = 1024;
    for (auto const& [due, spent, memory, made_up_by] : {
             row{0, 0, 8 * kib, {}},
             row{128 * kib, 128 * kib, 64 * kib, {}},
             row{128 * kib, 129 * kib, 64 * kib, {}},
             row{128 * kib, 256 * kib, 64 * kib, {}},
             row{128 * kib, 121 * kib, 64 * kib, {}},  // less than any hash takes
             row{128 * kib, 120 * kib, 64 * kib, {{.memory = 8 * kib, .passes = 1}}},
             row{128 * kib, 64 * kib, 64 * kib, {{.memory = 64 * kib, .passes = 1}}},
             row{128 * kib, 63 * kib, 64 * kib, {{.memory = 65 * kib / 2, .passes = 2}}},
             row{128 * kib, 8 * kib, 64 * kib, {{.memory = 60 * kib, .passes = 2}}},
             row{512 * kib, 128 * kib, 64 * kib, {{.memory = 64 * kib, .passes = 6}}},
             row{513 * kib, 128 * kib, 64 * kib, {{.memory = 385 * kib / 7, .passes = 7}}},
             row{work_of(most_password_cost),
                 work_of(least_password_cost),
                 8 * kib,
                 {{.memory = 8 * kib, .passes = 524287}}},
         }) {
        auto const found = missing_cost(due, spent, memory);
        BOOST_TEST_CONTEXT(due / kib << " due, " << spent / kib << " spent, " << memory / kib << " of memory")
        {
            BOOST_TEST_REQUIRE(found.has_value() == made_up_by.has_value());
            if (!found) continue;
            BOOST_TEST(found->memory == made_up_by->memory);
            BOOST_TEST(found->passes == made_up_by->passes);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_work_of_a_hash_is_its_memory_once_a_pass)
{
    BOOST_TEST(work_of(with("m=8,t=1,p=1")) == 8U << 10U);
    BOOST_TEST(work_of(with("m=19456,t=2,p=1")) == work_of(password_cost{}));
    BOOST_TEST(work_of(with("m=262144,t=16,p=1")) == work_of(most_password_cost));
    for (auto const& hash : {std::string(), with("m=8,t=17,p=1"), with("m=7,t=1,p=1")})
        BOOST_TEST(work_of(hash) == 0U);
}

// A sanitizer needs more address space than any limit leaves.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

BOOST_AUTO_TEST_CASE(no_memory_is_not_taken_for_a_wrong_password)
{
    auto const hash = hash_password("right", password_cost{}).value();
    rlimit before{};
    getrlimit(RLIMIT_AS, &before);
    rlimit const nothing_more{.rlim_cur = 1, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_AS, &nothing_more);
    auto const right = verify_password(hash, "right");
    auto const wrong = verify_password(hash, "wrong");
    auto const made = hash_password("right", password_cost{});
    setrlimit(RLIMIT_AS, &before);
    BOOST_TEST((right.error() == errc::busy));
    BOOST_TEST((wrong.error() == errc::busy));
    BOOST_TEST((made.error() == errc::busy));
    BOOST_TEST(verify_password(hash, "right").has_value());
}

#endif

BOOST_AUTO_TEST_SUITE_END()
