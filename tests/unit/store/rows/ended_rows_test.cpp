#include "store/rows/ended_rows.hpp"

#include "unit/store/fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace jwtgate::store::test;
using jwtgate::store::ended_rows;
using std::chrono::seconds;

namespace {

using ids = std::vector<std::string>;

struct fixture : database {
    ended_rows rows{*sql};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(store_rows_ended_rows, fixture)

BOOST_AUTO_TEST_CASE(yields_what_has_ended_in_parts)
{
    for (auto const* const id : {"c", "a", "e", "b", "d"}) rows.put({id, kept});
    BOOST_TEST((rows.next("", 2) == ids{"a", "b"}));
    BOOST_TEST((rows.next("b", 2) == ids{"c", "d"}));
    BOOST_TEST((rows.next("bb", 9) == ids{"c", "d", "e"}));
    BOOST_TEST(rows.next("e", 2).empty());
}

BOOST_AUTO_TEST_CASE(forgets_ends_that_are_kept_until_before_a_time)
{
    rows.put({"past", now - seconds{1}});
    rows.put({"edge", now});
    rows.put({"ahead", kept});
    BOOST_TEST(rows.purge(now, 10) == 1);
    BOOST_TEST((rows.next("", 100) == ids{"ahead", "edge"}));
}

BOOST_AUTO_TEST_CASE(forgets_no_more_than_it_may_at_once)
{
    for (int i = 0; i < 5; ++i) rows.put({std::to_string(i), now - seconds{1}});
    for (auto const expected : {2, 2, 1, 0}) BOOST_TEST(rows.purge(now, 2) == expected);
}

BOOST_AUTO_TEST_CASE(leaves_an_end_that_is_there)
{
    rows.put({"s1", now - seconds{1}});
    rows.put({"s1", kept});
    BOOST_TEST(rows.purge(now, 10) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
