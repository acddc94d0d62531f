#pragma once

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_to.hpp>

#include <cstddef>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::http::test {

/// One raw request of tests/vectors/http_requests.json.
struct raw_request {
    std::string name;
    std::string bytes;
    std::string outcome;  ///< what the parser makes of it, as `described` says it
};

/// What stands for something else in a row.
struct stand_ins {
    char octet = 0;    ///< for □
    std::string fill;  ///< for …
};

inline bool take(std::string_view& text, std::string_view start)
{
    if (!text.starts_with(start)) return false;
    text.remove_prefix(start.size());
    return true;
}

/// UTF-8 whose code points are octets.
inline std::string to_octets(std::string_view text, stand_ins const& given)
{
    std::string octets;
    while (!text.empty()) {
        if (take(text, "□")) {
            octets += given.octet;
        } else if (take(text, "…")) {
            octets += given.fill;
        } else if (bool const is_high = take(text, "\xc3"); is_high || take(text, "\xc2")) {
            octets += static_cast<char>(text.front() | (is_high ? 0x40 : 0));
            text.remove_prefix(1);
        } else {
            octets += text.front();
            text.remove_prefix(1);
        }
    }
    return octets;
}

/// Of "00-1f 7f".
inline std::string octets_of(std::string const& ranges)
{
    std::string all;
    std::istringstream words{ranges};
    for (std::string word; words >> word;) {
        auto const first = std::stoi(word, nullptr, 16);
        auto const last = std::stoi(word.substr(word.find('-') + 1), nullptr, 16);
        for (int octet = first; octet <= last; ++octet) all += static_cast<char>(octet);
    }
    return all;
}

inline std::string repeated(std::string_view text, std::size_t times)
{
    std::string all;
    while (times-- > 0) all += text;
    return all;
}

inline std::string text_of(boost::json::object const& row, std::string_view member)
{
    auto const* const found = row.if_contains(member);
    return found == nullptr ? std::string{} : boost::json::value_to<std::string>(*found);
}

inline raw_request to_raw_request(boost::json::object const& row, stand_ins const& given)
{
    auto const parsed = to_octets(text_of(row, "parsed"), given);
    auto const refused = "refused " + std::to_string(row.at("status").as_int64());
    return {
        .name = text_of(row, "name"),
        .bytes = to_octets(text_of(row, "bytes"), given),
        .outcome = parsed.empty() ? refused : parsed};
}

/// One, or one an octet.
inline void append(std::vector<raw_request>& all, boost::json::object const& row)
{
    stand_ins given;
    if (auto const* const fill = row.if_contains("fill")) {
        auto const times = fill->at(1).to_number<std::size_t>();
        given.fill = repeated(boost::json::value_to<std::string>(fill->at(0)), times);
    }
    if (!row.contains("each")) all.push_back(to_raw_request(row, given));
    for (char const octet : octets_of(text_of(row, "each"))) {
        given.octet = octet;
        all.push_back(to_raw_request(row, given));
    }
}

/// The whole table.
inline std::vector<raw_request> request_table()
{
    std::ifstream file{JWTGATE_VECTORS "/http_requests.json"};
    std::string const text{std::istreambuf_iterator<char>{file}, {}};
    auto const table = boost::json::parse(text);
    std::vector<raw_request> all;
    for (auto const& group : table.at("requests").as_object())
        for (auto const& row : group.value().as_array()) append(all, row.as_object());
    return all;
}

}  // namespace jwtgate::http::test
