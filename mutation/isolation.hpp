// A process of its own for each mutant: a mistake may divide by zero, or go round for ever.
#pragma once

#include "mutation/trial.hpp"

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace bwcheck::mutation {

/// What a child tells its parent.
struct message {
    enum class kind : std::uint8_t { begins, noticed, departs };
    kind what = kind::begins;
    std::uint32_t trial = 0;
    mutation::noticed noticed;
    std::array<char, 64> text{}; ///< of `departs`
};

/// Called in the child: tells the parent.
using teller = std::function<void(const message&)>;

/// Called in the child: it is ended when it has used more CPU time than this from now on.
void allow_cpu_time(unsigned seconds);

/// A child process that runs `task`.
class child {
public:
    /// Throws std::system_error if there are no more processes.
    explicit child(const std::function<void(const teller&)>& task);

    [[nodiscard]] pid_t id() const { return id_; }

    /// How it ended.
    enum class end : std::uint8_t { normal, endless, out_of_time, crashed };

    /// To be called when waitpid() has returned `status` for it: all it has told.
    [[nodiscard]] std::vector<message> read_messages();
    [[nodiscard]] static end how_it_ended(int status);

private:
    pid_t id_ = 0;
    int pipe_ = -1;
};

} // namespace bwcheck::mutation
