#include "api/metrics/exposition.hpp"

#include <chrono>
#include <cstddef>
#include <fmt/format.h>
#include <iterator>

namespace jwtgate::api {
namespace {

std::string_view word(exposition::kind what) noexcept
{
    switch (what) {
        case exposition::kind::counter:
            return "counter";
        case exposition::kind::gauge:
            return "gauge";
        case exposition::kind::histogram:
            break;
    }
    return "histogram";
}

double seconds(std::chrono::nanoseconds time) noexcept
{
    return std::chrono::duration<double>(time).count();
}

}  // namespace

void exposition::begin(kind what, std::string_view name, std::string_view help)
{
    name_ = name;
    fmt::format_to(std::back_inserter(text_), "# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, word(what));
}

void exposition::add(std::initializer_list<metric_label> labels, std::uint64_t value)
{
    text_ += name_;
    char before = '{';
    for (auto const& [name, content] : labels) {
        fmt::format_to(std::back_inserter(text_), R"({}{}="{}")", before, name, content);
        before = ',';
    }
    fmt::format_to(std::back_inserter(text_), "{} {}\n", labels.size() == 0 ? "" : "}", value);
}

void exposition::add(metric_label const& label, core::duration_counts const& counts)
{
    auto const of = fmt::format(R"({}="{}")", label.name, label.value);
    auto const out = std::back_inserter(text_);
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < counts.buckets.size(); ++i) {
        bool const is_last = i == core::duration_bounds.size();
        auto const bound = is_last ? "+Inf" : fmt::format("{}", seconds(core::duration_bounds[i]));
        total += counts.buckets[i];
        fmt::format_to(out, "{}_bucket{{{},le=\"{}\"}} {}\n", name_, of, bound, total);
    }
    fmt::format_to(out, "{}_sum{{{}}} {}\n", name_, of, seconds(counts.sum));
    fmt::format_to(out, "{}_count{{{}}} {}\n", name_, of, total);
}

}  // namespace jwtgate::api
