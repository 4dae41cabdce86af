// SPDX-License-Identifier: GPL-2.0
/*
 * What bwcheck lab asks of a kernel that runs on virtual time, beside what a kernel has:
 *
 *   /proc/bwcheck/execute     write N: the writer executes for N ns
 *   /proc/bwcheck/pass        write N: the writer executes until N ns have passed, whether it had the CPU or not
 *   /proc/bwcheck/sleep       write N: the writer sleeps for N ns, without timer slack
 *   /proc/bwcheck/tick_phase  write N: from now on the tick comes N ns after whole ticks of CLOCK_MONOTONIC
 *   cpu.bandwidth_state       read: all that the bandwidth control of a group consists of
 *
 * A writer that executes is interrupted wherever a timer expires and gives way wherever it is told to, as a task in
 * user space does. The functions that are asked about are not touched.
 */
#include <linux/cgroup.h>
#include <linux/proc_fs.h>
#include <linux/sched/clock.h>
#include <linux/sched/cputime.h>
#include <linux/seq_file.h>

#include "sched.h"
#include "../time/tick-sched.h"

extern unsigned long long bwcheck_pass_some(unsigned long long most);

static ssize_t number_written(const char __user *from, size_t count, u64 *number)
{
	int error = kstrtou64_from_user(from, count, 10, number);

	return error ? error : count;
}

static ssize_t execute_write(struct file *file, const char __user *from, size_t count, loff_t *offset)
{
	u64 left;
	ssize_t result = number_written(from, count, &left);

	while (result > 0 && left > 0 && !signal_pending(current)) {
		left -= bwcheck_pass_some(left);
		cond_resched();
	}
	return result;
}

static ssize_t pass_write(struct file *file, const char __user *from, size_t count, loff_t *offset)
{
	u64 end;
	ssize_t result = number_written(from, count, &end);

	end += ktime_get_ns();
	while (result > 0 && ktime_get_ns() < end && !signal_pending(current)) {
		bwcheck_pass_some(end - ktime_get_ns());
		cond_resched();
	}
	return result;
}

static ssize_t sleep_write(struct file *file, const char __user *from, size_t count, loff_t *offset)
{
	u64 duration;
	ssize_t result = number_written(from, count, &duration);

	if (result > 0) {
		ktime_t end = ktime_add_ns(ktime_get(), duration);

		set_current_state(TASK_INTERRUPTIBLE);
		schedule_hrtimeout_range(&end, 0, HRTIMER_MODE_ABS);
	}
	return result;
}

static ssize_t tick_phase_write(struct file *file, const char __user *from, size_t count, loff_t *offset)
{
	u64 phase;
	ssize_t result = number_written(from, count, &phase);
	struct hrtimer *tick = &tick_get_tick_sched(0)->sched_timer;
	unsigned long flags;

	if (result <= 0)
		return result;
	if (phase >= TICK_NSEC)
		return -EINVAL;
	local_irq_save(flags);
	if (hrtimer_try_to_cancel(tick) == 1) {
		u64 whole = div_u64(ktime_get_ns(), TICK_NSEC) * TICK_NSEC;

		hrtimer_start(tick, ns_to_ktime(whole + TICK_NSEC + phase), HRTIMER_MODE_ABS_PINNED_HARD);
	} else {
		result = -EAGAIN;
	}
	local_irq_restore(flags);
	return result;
}

static const struct proc_ops execute_ops = { .proc_write = execute_write };
static const struct proc_ops pass_ops = { .proc_write = pass_write };
static const struct proc_ops sleep_ops = { .proc_write = sleep_write };
static const struct proc_ops tick_phase_ops = { .proc_write = tick_phase_write };

static int bandwidth_state_show(struct seq_file *out, void *v)
{
	struct task_group *tg = container_of(seq_css(out), struct task_group, css);
	struct cfs_bandwidth *cfs_b = &tg->cfs_bandwidth;
	struct cfs_rq *cfs_rq;
	int cpu;

	raw_spin_lock_irq(&cfs_b->lock);
	seq_printf(out, "now %llu\n", ktime_get_ns());
	seq_printf(out, "tick %lld\n", ktime_to_ns(hrtimer_get_expires(&tick_get_tick_sched(0)->sched_timer)));
	seq_printf(out, "period %lld\n", ktime_to_ns(cfs_b->period));
	seq_printf(out, "quota %llu\n", cfs_b->quota);
	seq_printf(out, "burst %llu\n", cfs_b->burst);
	seq_printf(out, "runtime %llu\n", cfs_b->runtime);
	seq_printf(out, "runtime_snap %llu\n", cfs_b->runtime_snap);
	seq_printf(out, "idle %d\n", cfs_b->idle);
	seq_printf(out, "period_active %d\n", cfs_b->period_active);
	seq_printf(out, "slack_started %d\n", cfs_b->slack_started);
	seq_printf(out, "period_timer %lld\n", ktime_to_ns(hrtimer_get_expires(&cfs_b->period_timer)));
	seq_printf(out, "period_timer_queued %d\n", hrtimer_is_queued(&cfs_b->period_timer));
	seq_printf(out, "slack_timer %lld\n", ktime_to_ns(hrtimer_get_expires(&cfs_b->slack_timer)));
	seq_printf(out, "slack_timer_queued %d\n", hrtimer_is_queued(&cfs_b->slack_timer));
	seq_printf(out, "nr_periods %d\n", cfs_b->nr_periods);
	seq_printf(out, "nr_throttled %d\n", cfs_b->nr_throttled);
	seq_printf(out, "nr_burst %d\n", cfs_b->nr_burst);
	seq_printf(out, "throttled_time %llu\n", cfs_b->throttled_time);
	seq_printf(out, "burst_time %llu\n", cfs_b->burst_time);
	seq_puts(out, "throttled_cfs_rq");
	list_for_each_entry(cfs_rq, &cfs_b->throttled_cfs_rq, throttled_list)
		seq_printf(out, " %d", cpu_of(rq_of(cfs_rq)));
	seq_puts(out, "\n");
	for_each_online_cpu(cpu) {
		cfs_rq = tg->cfs_rq[cpu];
		seq_printf(out, "cpu%d.runtime_remaining %lld\n", cpu, cfs_rq->runtime_remaining);
		seq_printf(out, "cpu%d.runtime_enabled %d\n", cpu, cfs_rq->runtime_enabled);
		seq_printf(out, "cpu%d.throttled %d\n", cpu, cfs_rq->throttled);
		seq_printf(out, "cpu%d.throttle_count %d\n", cpu, cfs_rq->throttle_count);
		seq_printf(out, "cpu%d.queued %d\n", cpu, cfs_rq->load.weight != 0);
	}
	raw_spin_unlock_irq(&cfs_b->lock);
	return 0;
}

static struct cftype bandwidth_state_files[] = {
	{
		.name = "bandwidth_state",
		.flags = CFTYPE_NOT_ON_ROOT,
		.seq_show = bandwidth_state_show,
	},
	{ }
};

static int __init bwcheck_lab_init(void)
{
	if (time_travel_mode == TT_MODE_INFCPU) {
		struct proc_dir_entry *all = proc_mkdir("bwcheck", NULL);

		proc_create("execute", 0200, all, &execute_ops);
		proc_create("pass", 0200, all, &pass_ops);
		proc_create("sleep", 0200, all, &sleep_ops);
		proc_create("tick_phase", 0200, all, &tick_phase_ops);
	}
	return cgroup_add_dfl_cftypes(&cpu_cgrp_subsys, bandwidth_state_files);
}
late_initcall(bwcheck_lab_init);
