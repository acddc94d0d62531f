#include "core/log/line_writer.hpp"

#include "unit/core/full_pipe.hpp"

#include <boost/test/unit_test.hpp>

#include <fcntl.h>

#include <memory>
#include <string>

namespace {

using namespace jwtgate;
using core::test::full_pipe;

std::string words_dropped(std::size_t count)
{
    return "dropped " + std::to_string(count) + '\n';
}

// The writer counts 64 bytes more for each.
std::string line(int number)
{
    auto const digits = std::to_string(number);
    return std::string(95 - digits.size(), '.') + digits + '\n';
}

constexpr std::size_t cost = 160;

}  // namespace

BOOST_AUTO_TEST_SUITE(core_log_line_writer)

BOOST_AUTO_TEST_CASE(lines_come_whole_and_in_order)
{
    full_pipe pipe;
    std::string all;
    {
        core::line_writer writer{pipe.write_end(), 100 * cost, words_dropped};
        for (int i = 0; i < 100; ++i) {
            writer.push(line(i));
            all += line(i);
        }
        BOOST_TEST(pipe.read_until(line(99)) == all);
        writer.push("end\n");
    }
    BOOST_TEST(pipe.read_until("end\n") == all + "end\n");
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_dropped_and_counted_where_it_is_missing)
{
    full_pipe pipe;
    core::line_writer writer{pipe.write_end(), 10 * cost, words_dropped};
    std::string kept;
    for (int i = 0; i < 1'000; ++i) {
        writer.push(line(i));
        if (i < 10) kept += line(i);
    }
    kept += "dropped 990\n";
    BOOST_TEST(writer.dropped() == 990U);
    BOOST_TEST(pipe.read_until("dropped 990\n") == kept);
    writer.push("kept again\n");
    BOOST_TEST(pipe.read_until("again\n") == kept + "kept again\n");
    BOOST_TEST(writer.dropped() == 990U);
}

BOOST_AUTO_TEST_CASE(a_line_beyond_the_capacity_is_one_that_is_dropped)
{
    full_pipe pipe;
    core::line_writer writer{pipe.write_end(), 10 * cost, words_dropped};
    writer.push("first\n");
    writer.push(std::string(10 * cost, 'x'));
    BOOST_TEST(pipe.read_until("dropped 1\n") == "first\ndropped 1\n");
}

BOOST_AUTO_TEST_CASE(a_pipe_that_nobody_reads_keeps_nobody)
{
    full_pipe pipe;
    {
        core::line_writer writer{pipe.write_end(), 10 * cost, words_dropped};
        writer.push("late\n");
        writer.flush();
    }
    BOOST_TEST(pipe.read_until("late\n") == "late\n");  // the thread that was left behind has its lines
}

BOOST_AUTO_TEST_CASE(a_descriptor_that_another_process_made_non_blocking_is_waited_for)
{
    full_pipe pipe;
    ::fcntl(pipe.write_end(), F_SETFL, O_NONBLOCK);
    core::line_writer writer{pipe.write_end(), 10 * cost, words_dropped};
    writer.push("first\n");
    writer.push("second\n");
    BOOST_TEST(pipe.read_until("second\n") == "first\nsecond\n");
}

BOOST_AUTO_TEST_SUITE_END()
