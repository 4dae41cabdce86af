#include "model/interface/write_request.hpp"

#include "model/interface/cgroup_write.hpp"
#include "model/interface/kstrtox.hpp"
#include "model/interface/parse_cpu_max.hpp"

namespace bwcheck::model {

namespace {

void parse_limits(std::string_view text, write_request<plain>& request) {
    const parsed_cpu_max limits = parse_cpu_max(text);
    request.parsed = limits.error;
    request.unlimited = limits.unlimited;
    request.has_period = limits.has_period;
    request.quota_us = limits.quota_us;
    request.period_us = limits.period_us;
}

void parse_value(std::string_view text, write_request<plain>& request) {
    const parsed_u64 number = kstrtoull(text);
    request.parsed = number.error;
    request.value_us = number.value;
}

void parse_delta(std::string_view text, write_request<plain>& request) {
    const parsed_s64 number = kstrtoll(text);
    request.parsed = number.error;
    request.delta_us = number.value;
}

} // namespace

write_request<plain> parse_write(file where, runtime_interface kind, std::string_view text) {
    write_request<plain> request;
    request.file = where;

    const file_content content = info_of(where).content(kind);
    // A file that is not there can't be opened, whatever one would write.
    if (content == file_content::absent) {
        request.parsed = status::enoent;
        return request;
    }

    const cgroup_write accepted = accept_cgroup_write(text);
    if (!accepted.reaches_file) {
        request.parsed = accepted.error == status::ok ? status::einval : accepted.error;
        return request;
    }

    switch (content) {
    case file_content::limits:
        parse_limits(accepted.text, request);
        break;
    case file_content::usec:
        parse_value(accepted.text, request);
        break;
    case file_content::signed_usec:
        parse_delta(accepted.text, request);
        break;
    case file_content::absent:
        break;
    }
    return request;
}

} // namespace bwcheck::model
