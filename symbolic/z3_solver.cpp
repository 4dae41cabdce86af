#include "symbolic/z3_solver.hpp"

#include <fmt/format.h>
#include <z3++.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace bwcheck::symbolic {

namespace {

/// Interrupts Z3 when a deadline has come. Z3's own parameter `timeout` is a hint at best, and in 4.8.12 the thread
/// behind it can wait for itself for ever.
class watchdog {
public:
    explicit watchdog(z3::context& watched) : watched_(watched), thread_([this] { watch(); }) {}
    ~watchdog() {
        {
            const std::lock_guard lock(mutex_);
            over_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }
    watchdog(const watchdog&) = delete;
    watchdog& operator=(const watchdog&) = delete;

    void begin(const text::deadline& until) {
        if (!until.is_set())
            return;
        {
            const std::lock_guard lock(mutex_);
            deadline_ = std::chrono::steady_clock::now() +
                        std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                            std::chrono::duration<double>(std::min(until.left(), longest_wait_seconds)));
            active_ = true;
        }
        changed_.notify_all();
    }
    void end() {
        const std::lock_guard lock(mutex_);
        active_ = false;
    }
    /// Whether the context was ever interrupted. Z3 keeps that in mind when it comes just after an answer, and then
    /// breaks off whatever it is asked next: such a context is to be thrown away.
    bool interrupted() {
        const std::lock_guard lock(mutex_);
        return interrupted_;
    }

private:
    static constexpr double longest_wait_seconds = 1e6; // more would not fit into a time_point

    void watch() {
        std::unique_lock lock(mutex_);
        while (!over_) {
            if (!active_) {
                changed_.wait(lock);
            } else if (changed_.wait_until(lock, deadline_) == std::cv_status::timeout && active_ &&
                       std::chrono::steady_clock::now() >= deadline_) {
                watched_.interrupt();
                interrupted_ = true;
                active_ = false;
            }
        }
    }

    z3::context& watched_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::chrono::steady_clock::time_point deadline_;
    bool active_ = false;
    bool interrupted_ = false;
    bool over_ = false;
    std::thread thread_;
};

answer answer_of(z3::check_result result) {
    switch (result) {
    case z3::unsat:
        return answer::unsatisfiable;
    case z3::sat:
        return answer::satisfiable;
    case z3::unknown:
        break;
    }
    return answer::unknown;
}

void set_limits(z3::context& context, z3::solver& solver, const solver_limits& limits) {
    z3::params params(context);
    params.set("random_seed", limits.seed);
    params.set("rlimit", std::max(limits.steps, 1U)); // 0 would be none
    solver.set(params);
}

/// The steps that a solver's context has made so far.
std::uint64_t steps_of(const z3::solver& solver) {
    const z3::stats all = solver.statistics();
    for (unsigned number = 0; number < all.size(); ++number)
        if (all.is_uint(number) && all.key(number) == "rlimit count")
            return all.uint_value(number);
    return 0;
}

} // namespace

struct z3_solver::parts {
    explicit parts(solver_limits given) : limits(std::move(given)), guard(context) {}
    solver_limits limits;
    z3::context context;
    watchdog guard;
};

z3_solver::z3_solver(const solver_limits& limits) : parts_(std::make_unique<parts>(limits)) {}
z3_solver::~z3_solver() = default;

reply z3_solver::decide(const std::string& text) {
    const auto started = std::chrono::steady_clock::now();
    reply result;
    if (parts_->guard.interrupted())
        parts_ = std::make_unique<parts>(parts_->limits);
    try {
        // For integers, the plain solver does better than what Z3 has for the logic they belong to.
        z3::solver solver = text.find("(set-logic QF_BV)") != std::string::npos
                                ? z3::solver(parts_->context, "QF_BV")
                                : z3::solver(parts_->context, z3::solver::simple());
        set_limits(parts_->context, solver, parts_->limits);
        solver.add(parts_->context.parse_string(text.c_str()));
        parts_->guard.begin(parts_->limits.until);
        result.value = answer_of(solver.check());
        parts_->guard.end();
        if (result.value == answer::unknown)
            result.reason = "Z3: " + solver.reason_unknown();
    } catch (const z3::exception& error) {
        parts_->guard.end();
        result = {answer::unknown, std::string("Z3: ") + error.msg(), 0};
    }
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return result;
}

struct z3_path_solver::parts {
    parts(expression_table& expressions, solver_limits given)
        : table(expressions), limits(std::move(given)), solver(context, z3::solver::simple()), guard(context) {
        set_limits(context, solver, limits);
    }

    expression_table& table;
    solver_limits limits;
    z3::context context;
    z3::solver solver;
    watchdog guard;
    std::vector<z3::expr> atoms; // by number
    std::vector<bool> has_atom;  // which of them are there
    std::vector<atom_number> inputs;
    std::vector<literal> asserted; // one push each

    z3::expr number(int128 value) { return context.int_val(decimal(value).c_str()); }

    z3::expr sum(expression e) {
        const linear_sum s = table.sum_of(e);
        z3::expr total = number(s.constant);
        for (const auto& [atom, coefficient] : s.parts)
            total = total + number(coefficient) * of_atom(atom);
        return total;
    }

    z3::expr of_atom(atom_number which) {
        while (atoms.size() <= which) {
            atoms.push_back(number(0));
            has_atom.push_back(false);
        }
        if (has_atom[which])
            return atoms[which];
        const atom a = table.atom_of(which);
        z3::expr made = a.what == atom::kind::product ? sum(a.left) * sum(a.right)
                                                      : context.int_const(fmt::format("a{}", which).c_str());
        atoms[which] = made;
        has_atom[which] = true;
        if (a.what == atom::kind::variable)
            inputs.push_back(which);
        return made;
    }

    z3::expr statement(literal l) {
        const z3::expr value = sum(l.of);
        switch (l.what) {
        case literal::kind::not_negative:
            return value >= number(0);
        case literal::kind::zero:
            return value == number(0);
        case literal::kind::not_zero:
            break;
        }
        return value != number(0);
    }

    // What makes the atoms of an expression what they are.
    void define(z3::solver& to, expression e, std::set<atom_number>& defined) {
        const linear_sum s = table.sum_of(e);
        for (const auto& [which, coefficient] : s.parts) {
            if (!defined.insert(which).second)
                continue;
            const atom a = table.atom_of(which);
            const z3::expr made = of_atom(which);
            if (a.what == atom::kind::variable || a.what == atom::kind::wrapped)
                to.add(number(a.type.min()) <= made && made <= number(a.type.max()));
            define(to, a.left, defined);
            define(to, a.right, defined);
            if (a.what == atom::kind::quotient) {
                for (const literal& half : table.definition_of(which)) {
                    define(to, half.of, defined);
                    to.add(statement(half));
                }
            }
            if (a.what == atom::kind::wrapped) {
                const z3::expr turns = context.int_const(fmt::format("turns{}", which).c_str());
                to.add(sum(a.left) == made + number(int128{1} << a.type.bits) * turns);
            }
        }
    }

    // Each statement comes with the definitions it needs, at its own level: nothing of other paths slows this one down.
    void go_to(std::span<const literal> path) {
        std::size_t common = 0;
        while (common < asserted.size() && common < path.size() && asserted[common] == path[common])
            ++common;
        if (common < asserted.size())
            solver.pop(static_cast<unsigned>(asserted.size() - common));
        asserted.resize(common);
        for (const literal& next : path.subspan(common)) {
            solver.push();
            add(next);
            asserted.push_back(next);
        }
    }

    void add(literal l) {
        std::set<atom_number> defined;
        define(solver, l.of, defined);
        solver.add(statement(l));
    }

    void read_inputs(assignment& values) {
        values.clear();
        const z3::model model = solver.get_model();
        for (const atom_number which : inputs) {
            const z3::expr value = model.eval(atoms[which], true);
            if (const auto digits = from_decimal(value.get_decimal_string(0)))
                values[table.atom_of(which).name] = *digits;
        }
    }

    answer check(std::span<const literal> path, literal next, assignment& values, std::vector<literal>& core) {
        go_to(path);
        solver.push();
        add(next);
        guard.begin(limits.until);
        const answer result = answer_of(solver.check());
        guard.end();
        if (result == answer::satisfiable)
            read_inputs(values);
        solver.pop();
        if (result == answer::unsatisfiable)
            core = core_of(path, next);
        return result;
    }

    /// A part of `path` that excludes `next`; all of it if the solver that is asked again does not say which.
    std::vector<literal> core_of(std::span<const literal> path, literal next) {
        z3::solver fresh(context, z3::solver::simple());
        set_limits(context, fresh, limits);
        std::set<atom_number> defined;
        z3::expr_vector switches(context);
        std::unordered_map<unsigned, literal> switched;
        for (const literal& each : path) {
            const z3::expr on = context.bool_const(fmt::format("s{}", switched.size()).c_str());
            define(fresh, each.of, defined);
            fresh.add(z3::implies(on, statement(each)));
            switches.push_back(on);
            switched.emplace(on.id(), each);
        }
        define(fresh, next.of, defined);
        fresh.add(statement(next));
        guard.begin(limits.until);
        const z3::check_result again = fresh.check(switches);
        guard.end();
        if (again != z3::unsat)
            return {path.begin(), path.end()};
        std::vector<literal> core;
        for (const z3::expr& each : fresh.unsat_core())
            core.push_back(switched.at(each.id()));
        std::sort(core.begin(), core.end());
        return core;
    }
};

z3_path_solver::z3_path_solver(expression_table& table, const solver_limits& limits)
    : parts_(std::make_unique<parts>(table, limits)) {}
z3_path_solver::~z3_path_solver() = default;

answer z3_path_solver::check(std::span<const literal> path, literal next, assignment& values,
                             std::vector<literal>& core) {
    if (parts_->guard.interrupted())
        parts_ = std::make_unique<parts>(parts_->table, parts_->limits);
    constexpr std::uint64_t for_asking = 100;
    steps_ += for_asking;
    try {
        const std::uint64_t before = steps_of(parts_->solver);
        const answer said = parts_->check(path, next, values, core);
        steps_ += steps_of(parts_->solver) - before;
        return said;
    } catch (const z3::exception&) { // whatever Z3 was doing when it was interrupted, or could not do
        parts_ = std::make_unique<parts>(parts_->table, parts_->limits);
        return answer::unknown;
    }
}

} // namespace bwcheck::symbolic
