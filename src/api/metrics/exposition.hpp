#pragma once

#include "core/metrics/durations.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace jwtgate::api {

/// A label of a sample. Its value is one of ours, without quotation mark, backslash and line end.
struct metric_label {
    std::string_view name;
    std::string_view value;
};

/// Metrics in the text format 0.0.4 of Prometheus: each `begin` is followed by the samples of its metric.
class exposition {
public:
    enum class kind { counter, gauge, histogram };

    void begin(kind what, std::string_view name, std::string_view help);

    void add(std::initializer_list<metric_label> labels, std::uint64_t value);

    void add(std::uint64_t value) { add({}, value); }

    /// Of a histogram in seconds.
    void add(metric_label const& label, core::duration_counts const& counts);

    std::string const& text() const noexcept { return text_; }

private:
    std::string text_;
    std::string_view name_;  // of what has begun
};

/// What that is, for Content-Type.
inline constexpr std::string_view exposition_type = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace jwtgate::api
