#pragma once

#include "unit/jwt/json/boost_json_oracle.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace jwtgate::jwt::tests {

/// Keeps the members of the outermost object as Boost.JSON reads them. A handler of its basic_parser.
struct claims_oracle : oracle {
    enum class kind { text, number, boolean, list, other };

    struct value {
        kind what;
        std::string text;             ///< of a string; of a number as it is written; "true" or "false"
        std::vector<value> elements;  ///< of a list, those that are lists and objects without theirs
    };

    struct member {
        std::string name;
        value content;
    };

    std::vector<member> members;
    std::string name;

    bool add_value(value added)
    {
        if (depth == 1) members.push_back({name, std::move(added)});
        if (depth == 2 && in_list()) members.back().content.elements.push_back(std::move(added));
        return true;
    }

    bool in_list() const { return members.back().content.what == kind::list; }

    bool on_array_begin(error_code& why)
    {
        add_value({kind::list, {}, {}});
        return oracle::on_array_begin(why);
    }

    bool on_object_begin(error_code& why)
    {
        add_value({kind::other, {}, {}});
        return oracle::on_object_begin(why);
    }

    bool on_key(view part, std::size_t size, error_code& why)
    {
        auto full = text + std::string{part};
        if (depth == 1) name = std::move(full);
        return oracle::on_key(part, size, why);
    }

    bool on_string(view part, std::size_t size, error_code& why)
    {
        add_value({kind::text, text + std::string{part}, {}});
        return oracle::on_string(part, size, why);
    }

    bool on_int64(std::int64_t /*unused*/, view as_written, error_code& /*unused*/)
    {
        return add_value({kind::number, std::string{as_written}, {}});
    }

    bool on_uint64(std::uint64_t /*unused*/, view as_written, error_code& /*unused*/)
    {
        return add_value({kind::number, std::string{as_written}, {}});
    }

    bool on_double(double /*unused*/, view as_written, error_code& /*unused*/)
    {
        return add_value({kind::number, std::string{as_written}, {}});
    }

    bool on_bool(bool is_true, error_code& /*unused*/)
    {
        return add_value({kind::boolean, is_true ? "true" : "false", {}});
    }

    bool on_null(error_code& /*unused*/) { return add_value({kind::other, {}, {}}); }
};

}  // namespace jwtgate::jwt::tests
