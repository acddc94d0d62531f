#include "auth/service.hpp"
#include "unit/auth/one_user.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <map>
#include <random>
#include <string>

using namespace std::chrono_literals;
using namespace jwtgate;
using namespace jwtgate::auth;
using test::run_task;

namespace {

/// What a session's refresh tokens are to do.
struct model {
    std::vector<std::chrono::sys_seconds> made;  // each token's time; the last is the head
    bool is_over = false;

    core::error_code use(std::size_t token, std::chrono::sys_seconds now)
    {
        if (is_over) return errc::token_revoked;
        auto const head = made.size() - 1;
        if (token == head) return made.push_back(now), core::error_code{};
        if (head - token <= 2 && now < made[token + 1] + 30s) return {};
        is_over = true;
        return errc::token_reused;
    }
};

/// One session in the hands of a user, a thief and an operator, and the model beside it.
class world : one_user {
public:
    explicit world(unsigned seed) : chance_{seed}
    {
        auto const given = log_in();
        texts_.push_back(given.refresh_token);
        accesses_.push_back(given.access.token);
        expected_.made.push_back(domain.time.now());
    }

    void step()
    {
        switch (pick(12)) {
            case 0:
                return restart();
            case 1:
                return change_key();
            case 2:
                return pick(20) == 0 ? end_by_logout() : void();
            case 3:
            case 4:
                return domain.time.advance(std::chrono::seconds{pick(12)});
            case 5:
                return pick(8) == 0 ? use(pick(texts_.size())) : void();  // a thief, or a very late retry
            case 6:
            case 7:
            case 8:
                return use(texts_.size() - 1 - pick(std::min<std::size_t>(texts_.size(), 2)));  // a retry
            default:
                return use(texts_.size() - 1);
        }
    }

    bool is_over() const { return expected_.is_over; }

    std::size_t rotations() const { return texts_.size(); }

private:
    std::size_t pick(std::size_t below)
    {
        return std::uniform_int_distribution<std::size_t>{0, below - 1}(chance_);
    }

    void use(std::size_t token)
    {
        auto const head = texts_.size() - 1;
        auto const wanted = expected_.use(token, domain.time.now());
        auto const got = present(texts_[token]);
        BOOST_TEST_REQUIRE(
            (got.error() == wanted), "token " << token << " of " << head << ": " << got.error().message()
        );
        if (!got) return expect_all_dead();
        if (token == head) texts_.push_back(got->refresh_token);
        BOOST_TEST_REQUIRE(got->refresh_token == texts_.back());
        accesses_.push_back(got->access.token);
    }

    result<grant> present(std::string const& text)
    {
        auto const checked = verifier().authenticate(text, {.type = token_type::refresh});
        if (!checked) return checked.error();
        service serving{domain.shared(), ring_, domain.counted};
        return run_task(serving.refresh(*checked, {}));
    }

    void expect_all_dead()
    {
        for (auto const& text : texts_) BOOST_TEST_REQUIRE((present(text).error() == errc::token_revoked));
        for (auto const& text : accesses_) {
            auto const refused = verifier().authenticate(text, {.type = token_type::access}).error();
            BOOST_TEST_REQUIRE((refused == errc::token_revoked || refused == jwt::errc::expired));
        }
    }

    void end_by_logout()
    {
        std::vector<jwt::verified> recognised;
        recognised.push_back(verifier().recognise(texts_[pick(texts_.size())]).value());
        service serving{domain.shared(), ring_, domain.counted};
        auto const ended = run_task(serving.logout(std::move(recognised), {}));
        BOOST_TEST_REQUIRE(ended.has_value());
        expected_.is_over = true;
        expect_all_dead();
    }

    // What a new process knows is what the store holds.
    void restart()
    {
        domain.revoked.start_over();
        for (auto const& [id, keep] : domain.store.ended) domain.revoked.note_stored_end(id);
        domain.revoked.complete();
    }

    // A new key signs from now on, the old ones verify.
    void change_key()
    {
        std::string file = R"({"keys":[)";
        for (auto kid = ++keys_; kid > 0; --kid) {
            auto const key = jwt::make_key_set_json(
                jwt::algorithm::hs256, "k" + std::to_string(kid), std::string(32, 'k')
            );
            auto const begin = key.find('[') + 1;
            file.append(file.back() == '[' ? "" : ",").append(key, begin, key.rfind(']') - begin);
        }
        auto const first = jwt::make_key_set_json(jwt::algorithm::hs256, "test", std::string(32, 't'));
        auto const begin = first.find('[') + 1;
        file.append(",").append(first, begin, first.rfind(']') - begin).append("]}");
        ring_.replace(std::make_shared<jwt::key_set const>(jwt::key_set::parse(file).value()));
    }

    authenticator& verifier()
    {
        verifier_.emplace(ring_, domain.settings, domain.revoked, domain.clock);
        return *verifier_;
    }

    std::mt19937 chance_;
    jwt::key_ring ring_{domain.keys};
    std::optional<authenticator> verifier_;
    std::size_t keys_ = 0;
    model expected_;
    std::vector<std::string> texts_;
    std::vector<std::string> accesses_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_rotation_model)

BOOST_AUTO_TEST_CASE(any_order_of_refresh_retry_theft_logout_restart_and_new_keys_does_as_the_model)
{
    std::size_t over = 0;
    std::size_t rotations = 0;
    for (unsigned seed = 0; seed < 200; ++seed) {
        BOOST_TEST_CONTEXT("seed " << seed)
        {
            world one(seed);
            for (int i = 0; i < 60; ++i) one.step();
            over += one.is_over() ? 1 : 0;
            rotations += one.rotations();
        }
    }
    BOOST_TEST(over > 20U);  // or the walk never met a thief
    BOOST_TEST(over < 180U);
    BOOST_TEST(rotations > 1000U);
}

BOOST_AUTO_TEST_SUITE_END()
