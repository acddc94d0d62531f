#pragma once

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace jwtgate::jwt::tests {

/// What Boost.JSON reads, as one line, and what our reader refuses beyond it. A handler of its basic_parser.
struct oracle {
    static constexpr std::size_t max_object_size = -1;
    static constexpr std::size_t max_array_size = -1;
    static constexpr std::size_t max_key_size = -1;
    static constexpr std::size_t max_string_size = -1;
    using error_code = boost::json::error_code;
    using view = boost::json::string_view;

    std::string trace;
    std::string text;
    std::vector<std::set<std::string>> names;
    std::size_t depth = 0;
    std::size_t deepest = 0;
    std::size_t open_names = 0;
    std::size_t most_names = 0;
    bool top_is_object = false;
    bool has_duplicate = false;

    bool enter()
    {
        deepest = std::max(deepest, ++depth);
        return true;
    }

    bool leave()
    {
        --depth;
        return true;
    }

    bool add(std::string const& what)
    {
        trace += what + '|';
        return true;
    }

    bool on_document_begin(error_code& /*unused*/) { return true; }

    bool on_document_end(error_code& /*unused*/) { return true; }

    bool on_array_begin(error_code& /*unused*/) { return enter(); }

    bool on_array_end(std::size_t /*unused*/, error_code& /*unused*/) { return leave(); }

    bool on_object_begin(error_code& /*unused*/)
    {
        top_is_object = top_is_object || depth == 0;
        names.emplace_back();
        return enter();
    }

    bool on_object_end(std::size_t /*unused*/, error_code& /*unused*/)
    {
        open_names -= names.back().size();
        names.pop_back();
        return leave();
    }

    bool on_key_part(view part, std::size_t /*unused*/, error_code& /*unused*/)
    {
        return text.append(part.data(), part.size()), true;
    }

    bool on_key(view part, std::size_t /*unused*/, error_code& /*unused*/)
    {
        text.append(part.data(), part.size());
        has_duplicate = !names.back().insert(text).second || has_duplicate;
        most_names = std::max(most_names, ++open_names);
        return add("k:" + std::exchange(text, {}));
    }

    bool on_string_part(view part, std::size_t /*unused*/, error_code& /*unused*/)
    {
        return text.append(part.data(), part.size()), true;
    }

    bool on_string(view part, std::size_t /*unused*/, error_code& /*unused*/)
    {
        text.append(part.data(), part.size());
        return add("s:" + std::exchange(text, {}));
    }

    bool on_number_part(view /*unused*/, error_code& /*unused*/) { return true; }

    bool on_int64(std::int64_t /*unused*/, view /*unused*/, error_code& /*unused*/) { return add("n"); }

    bool on_uint64(std::uint64_t /*unused*/, view /*unused*/, error_code& /*unused*/) { return add("n"); }

    bool on_double(double /*unused*/, view /*unused*/, error_code& /*unused*/) { return add("n"); }

    bool on_bool(bool value, error_code& /*unused*/) { return add(value ? "true" : "false"); }

    bool on_null(error_code& /*unused*/) { return add("null"); }

    bool on_comment_part(view /*unused*/, error_code& /*unused*/) { return true; }

    bool on_comment(view /*unused*/, error_code& /*unused*/) { return true; }
};

}  // namespace jwtgate::jwt::tests
