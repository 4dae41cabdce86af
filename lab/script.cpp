#include "lab/script.hpp"

#include "text/quoted_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <system_error>

namespace bwcheck::lab {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(verb::count)> verbs{
    "mkdir", "rmdir", "write", "read", "wake", "child", "go", "start", "until", "at", "sleep", "wait", "kill"};
constexpr std::array<std::string_view, static_cast<std::size_t>(activity::kind::count)> kinds{"busy", "burn", "sleep"};
constexpr std::uint64_t most_cpus = 4096;
constexpr std::uint64_t most_children = 4096;

template <class Names>
std::string listed(const Names& names) {
    std::string all;
    for (const std::string_view name : names)
        all += (all.empty() ? "" : ", ") + std::string(name);
    return all;
}

/// Takes one line apart, and knows where it is.
class line_reader {
public:
    line_reader(std::string_view line, std::string place) : rest_(line), place_(std::move(place)) { skip_blanks(); }

    [[nodiscard]] command read() {
        command command;
        command.action = static_cast<verb>(one_of(verbs, "a command"));
        switch (command.action) {
        case verb::mkdir:
        case verb::rmdir:
            command.group = path("a group");
            break;
        case verb::write:
            command.group = path("a group");
            command.file = file_name();
            command.text = text();
            break;
        case verb::read:
            command.group = path("a group");
            command.file = file_name();
            break;
        case verb::wake:
            command.group = path("a group");
            command.file = file_name();
            command.us = number("a time in µs", longest_wait_us);
            command.text = text();
            break;
        case verb::child:
            command.group = path("a group");
            command.cpu = static_cast<unsigned>(number("a CPU", most_cpus - 1));
            read_activities(command);
            break;
        case verb::until:
        case verb::sleep:
            command.us = number("a time in µs", longest_wait_us);
            break;
        case verb::start:
            command.us = number("the number of a child", most_children - 1);
            break;
        case verb::at:
            command.us = number("a time in µs", latest_moment_us);
            break;
        case verb::go:
        case verb::wait:
        case verb::kill:
        case verb::count:
            break;
        }
        if (!rest_.empty())
            fail("nothing may follow here, but there is " + text::in_quotes(rest_.substr(0, shown)));
        return command;
    }

private:
    static constexpr std::size_t shown = 40;

    [[noreturn]] void fail(const std::string& message) const { throw script_error(place_ + ": " + message); }

    void skip_blanks() {
        while (rest_.starts_with(' ') || rest_.starts_with('\t'))
            rest_.remove_prefix(1);
    }
    [[nodiscard]] std::string_view next_word() const { return rest_.substr(0, rest_.find_first_of(" \t")); }
    std::string_view word(std::string_view wanted) {
        const std::string_view found = next_word();
        if (found.empty())
            fail(std::string(wanted) + " is missing");
        rest_.remove_prefix(found.size());
        skip_blanks();
        return found;
    }

    template <class Names>
    std::size_t one_of(const Names& names, std::string_view wanted) {
        const std::string_view found = word(wanted);
        const auto known = std::find(names.begin(), names.end(), found);
        if (known == names.end())
            fail(std::string(wanted) + " must be one of " + listed(names) + ", not " +
                 text::in_quotes(found.substr(0, shown)));
        return static_cast<std::size_t>(known - names.begin());
    }

    /// Names below the hierarchy's root; "." is the root itself.
    std::string path(std::string_view wanted) {
        const std::string_view found = word(wanted);
        if (found == ".")
            return std::string(found);
        std::string_view left = found;
        while (true) {
            const std::string_view part = left.substr(0, left.find('/'));
            if (!is_name(part))
                fail(std::string(wanted) +
                     " must be made of letters, digits, '_', '-' and '.', with '/' between groups, not " +
                     text::in_quotes(found.substr(0, shown)));
            if (part.size() == left.size())
                return std::string(found);
            left.remove_prefix(part.size() + 1);
        }
    }
    std::string file_name() {
        const std::string_view found = word("a file");
        if (!is_name(found))
            fail("a file must be made of letters, digits, '_', '-' and '.', not " +
                 text::in_quotes(found.substr(0, shown)));
        return std::string(found);
    }
    static bool is_name(std::string_view name) {
        constexpr std::size_t longest = 100;
        return !name.empty() && name.size() <= longest && name != "." && name != ".." &&
               std::all_of(name.begin(), name.end(), [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                          c == '-' || c == '.';
               });
    }

    std::uint64_t number(std::string_view wanted, std::uint64_t most) {
        const std::string_view found = word(wanted);
        std::uint64_t value = 0;
        const char* const end = found.data() + found.size();
        const auto [stopped, error] = std::from_chars(found.data(), end, value);
        if (error != std::errc() || stopped != end || value > most)
            fail(std::string(wanted) + " must be a whole number up to " + std::to_string(most) + ", not " +
                 text::in_quotes(found.substr(0, shown)));
        return value;
    }

    std::string text() {
        auto found = text::take_quoted(rest_);
        if (!found)
            fail(R"(the text to write must stand between quotation marks, as in "20000 100000\n")");
        if (found->size() > longest_text)
            fail("the text to write must not be longer than " + std::to_string(longest_text) + " bytes");
        skip_blanks();
        return std::move(*found);
    }

    void read_activities(command& command) {
        while (!rest_.empty() && next_word() != "again") {
            activity next;
            next.what = static_cast<activity::kind>(one_of(kinds, "an activity"));
            next.us = number("a time in µs", longest_wait_us);
            command.activities.push_back(next);
        }
        if (!rest_.empty()) {
            static_cast<void>(word("again"));
            command.again = true;
        }
        if (command.activities.empty())
            fail("a child needs something to do: one of " + listed(kinds));
        if (command.again && std::all_of(command.activities.begin(), command.activities.end(),
                                         [](const activity& each) { return each.us == 0; }))
            fail("what a child does again must take some time");
    }

    std::string_view rest_;
    std::string place_;
};

} // namespace

std::string_view to_string(verb verb) { return verbs.at(static_cast<std::size_t>(verb)); }

std::string_view to_string(activity::kind kind) { return kinds.at(static_cast<std::size_t>(kind)); }

std::string to_string(const command& command) {
    std::string line(to_string(command.action));
    switch (command.action) {
    case verb::mkdir:
    case verb::rmdir:
        return line + ' ' + command.group;
    case verb::write:
        return line + ' ' + command.group + ' ' + command.file + ' ' + text::in_quotes(command.text);
    case verb::read:
        return line + ' ' + command.group + ' ' + command.file;
    case verb::wake:
        return line + ' ' + command.group + ' ' + command.file + ' ' + std::to_string(command.us) + ' ' +
               text::in_quotes(command.text);
    case verb::child:
        line += ' ' + command.group + ' ' + std::to_string(command.cpu);
        for (const activity& each : command.activities)
            line += ' ' + std::string(to_string(each.what)) + ' ' + std::to_string(each.us);
        return line + (command.again ? " again" : "");
    case verb::start:
    case verb::until:
    case verb::at:
    case verb::sleep:
        return line + ' ' + std::to_string(command.us);
    case verb::go:
    case verb::wait:
    case verb::kill:
    case verb::count:
        break;
    }
    return line;
}

void for_each_command(std::string_view text, std::string_view source,
                      const std::function<void(const command&)>& visit) {
    for (std::size_t line_number = 1; !text.empty(); ++line_number) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        const auto first = line.find_first_not_of(" \t");
        if (first == std::string_view::npos || line[first] == '#')
            continue;
        visit(line_reader(line, std::string(source) + ":" + std::to_string(line_number)).read());
    }
}

std::vector<command> parse_script(std::string_view text, std::string_view source) {
    std::vector<command> script;
    for_each_command(text, source, [&](const command& command) { script.push_back(command); });
    return script;
}

std::string to_string(const std::vector<command>& script) {
    std::string text;
    for (const command& command : script)
        text += to_string(command) + '\n';
    return text;
}

} // namespace bwcheck::lab
