#include "core/write.hpp"

#include "core/descriptor.hpp"
#include "unit/core/full_pipe.hpp"

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <string>

namespace {

using namespace jwtgate;
using core::test::full_pipe;

}  // namespace

BOOST_AUTO_TEST_SUITE(core_write)

BOOST_AUTO_TEST_CASE(everything_is_written)
{
    full_pipe pipe;
    std::string const text(200'000, 'x');
    core::run_detached([text, end = pipe.write_end()] { core::write_all(end, text + "\n"); });
    BOOST_TEST(pipe.read_until("\n") == text + "\n");
}

BOOST_AUTO_TEST_CASE(says_what_a_descriptor_refuses)
{
    core::descriptor const full{::open("/dev/full", O_WRONLY | O_CLOEXEC)};
    BOOST_TEST(!core::write_in_time(full.number(), "x"));

    std::array<int, 2> ends{};
    BOOST_TEST_REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    core::descriptor const unread{ends[1]};
    BOOST_TEST(core::write_in_time(unread.number(), "x"));
    ::close(ends[0]);
    BOOST_TEST(!core::write_in_time(unread.number(), "x"));  // and no SIGPIPE ends this process
}

BOOST_AUTO_TEST_CASE(gives_up_where_nobody_reads)
{
    full_pipe pipe;
    BOOST_TEST(!core::write_in_time(pipe.write_end(), "late\n"));
    BOOST_TEST(pipe.read_until("late\n") == "late\n");
}

BOOST_AUTO_TEST_SUITE_END()
