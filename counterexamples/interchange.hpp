// Traces in the formats of other tools, and as a mail.
#pragma once

#include "counterexamples/trace.hpp"

#include <string>

namespace bwcheck::counterexamples {

/// Informal Trace Format, as Apalache and Quint read and write it (ADR 15 of Apalache): each state with all its
/// variables, `happened` and `answered` among them. Numbers beyond 2^53 are {"#bigint": ...}. A trace is finite: no
/// loop.
[[nodiscard]] std::string as_itf(const trace& trace);

/// The Trace Event Format, for Perfetto and chrome://tracing: a track for each CPU with what its task does, one for
/// timers and one for users, and a counter for the pool. A ns of the model is one there.
[[nodiscard]] std::string as_trace_events(const trace& trace);

/// A mail as one would write it in reply to a patch: plain text of at most 75 columns. `replay_command`: how to see it
/// again.
[[nodiscard]] std::string as_mail(const trace& trace, const std::string& replay_command);

} // namespace bwcheck::counterexamples
