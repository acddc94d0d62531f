#include "api/application.hpp"
#include "http/server.hpp"
#include "unit/api/served_site.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

#include <openssl/crypto.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <thread>

namespace {

std::atomic<std::size_t> allocations_of_others = 0;
std::thread::id const main_thread = std::this_thread::get_id();

void count() noexcept
{
    if (std::this_thread::get_id() != main_thread) ++allocations_of_others;
}

void* allocate(std::size_t size, char const* /*file*/, int /*line*/)
{
    count();
    return std::malloc(size);
}

void* reallocate(void* memory, std::size_t size, char const* /*file*/, int /*line*/)
{
    count();
    return std::realloc(memory, size);
}

void release(void* memory, char const* /*file*/, int /*line*/)
{
    std::free(memory);
}

// OpenSSL takes other functions only as long as it has not allocated anything, so before main.
bool const openssl_is_counted = CRYPTO_set_mem_functions(allocate, reallocate, release) == 1;

}  // namespace

// Out of line, or GCC 12 sees the free() of what new returned and warns.
[[gnu::noinline]] void* operator new(std::size_t size)
{
    count();
    if (auto* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc{};
}

[[gnu::noinline]] void operator delete(void* memory) noexcept
{
    std::free(memory);
}

[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept
{
    std::free(memory);
}

namespace jwtgate::api {
namespace {

/// The site's application behind a server with one worker, and one connection to it.
class kept_connection {
public:
    explicit kept_connection(plain_site& asked)
        : server_{{.listen = {"127.0.0.1:0"}, .limits = {}}, asked.domain.log}
    {
        auto const name = server_.bind().front();
        server_.start([&] {
            return std::make_unique<application>(asked.make_domain(), asked.shared, asked.counted);
        });
        auto const port = static_cast<unsigned short>(std::stoul(name.substr(name.rfind(':') + 1)));
        socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    }

    /// The head of the answer.
    std::string ask(std::string_view request)
    {
        boost::asio::write(socket_, boost::asio::buffer(request));
        std::string answer;
        boost::asio::read_until(socket_, boost::asio::dynamic_buffer(answer), "\r\n\r\n");
        return answer;
    }

private:
    http::server server_;
    boost::asio::io_context context_;
    boost::asio::ip::tcp::socket socket_{context_};
};

BOOST_FIXTURE_TEST_SUITE(api_allocations, plain_site)

BOOST_AUTO_TEST_CASE(the_gate_lets_in_without_an_allocation_on_a_kept_connection)
{
    BOOST_TEST_REQUIRE(openssl_is_counted);
    auto const request = "GET /auth HTTP/1.1\r\nHost: site.example\r\nX-Original-URI: /app/?x=y\r\nCookie: " +
                         cookie_field(log_in()) + "\r\n\r\n";
    kept_connection client{*this};
    for (int i = 0; i < 3; ++i) BOOST_TEST(client.ask(request).starts_with("HTTP/1.1 200 "));

    auto const before = allocations_of_others.load();
    for (int i = 0; i < 100; ++i) BOOST_TEST(client.ask(request).starts_with("HTTP/1.1 200 "));
    BOOST_TEST(allocations_of_others == before);
}

BOOST_AUTO_TEST_CASE(the_count_sees_an_allocation_of_another_thread)
{
    auto const before = allocations_of_others.load();
    std::thread([] { std::make_unique<std::string>(100, 'x'); }).join();
    BOOST_TEST(allocations_of_others >= before + 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::api
