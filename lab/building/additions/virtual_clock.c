// SPDX-License-Identifier: GPL-2.0
/*
 * bwcheck virtual clock 1
 *
 * At the end of arch/um/kernel/time.c. With time-travel=inf-cpu, where executing takes no time, this makes the clock
 * exact: it counts single nanoseconds, looking at it is free, and so is a system call of the first process that fails;
 * the scheduler reads the same clock, and timers expire when they are due. With real time nothing changes.
 */
#ifdef CONFIG_UML_TIME_TRAVEL_SUPPORT

#include <linux/delay.h>
#include <linux/sched/clock.h>
#include <linux/sched/task.h>

static bool bwcheck_owns_clock(void)
{
	return time_travel_mode == TT_MODE_INFCPU;
}

/* The mark in the kernel's file by which bwcheck lab knows that it has this clock. */
const char bwcheck_virtual_clock[] = "bwcheck virtual clock 1";

unsigned long long notrace sched_clock(void)
{
	if (bwcheck_owns_clock())
		return time_travel_time;
	return (unsigned long long)(jiffies - INITIAL_JIFFIES) * (NSEC_PER_SEC / HZ);
}

static u64 bwcheck_clock_read(struct clocksource *cs)
{
	return time_travel_time;
}

static struct clocksource bwcheck_clocksource = {
	.name	= bwcheck_virtual_clock,
	.rating	= 400,
	.read	= bwcheck_clock_read,
	.mask	= CLOCKSOURCE_MASK(64),
	.flags	= CLOCK_SOURCE_IS_CONTINUOUS,
};

static int bwcheck_set_next_event(unsigned long delta, struct clock_event_device *evt)
{
	time_travel_del_event(&time_travel_timer_event);
	time_travel_set_event_fn(&time_travel_timer_event, time_travel_oneshot_timer);
	time_travel_add_event(&time_travel_timer_event, time_travel_time + delta);
	return 0;
}

static int __init bwcheck_own_clock(void)
{
	if (!bwcheck_owns_clock())
		return 0;
	timer_clockevent.set_next_event = bwcheck_set_next_event;
	timer_clockevent.min_delta_ns = 1;
	timer_clockevent.min_delta_ticks = 1;
	return clocksource_register_hz(&bwcheck_clocksource, NSEC_PER_SEC);
}
early_initcall(bwcheck_own_clock);

/* Lets time pass up to the next timer, whose interrupt has happened then; but not more than so much. Returns how much. */
unsigned long long bwcheck_pass_some(unsigned long long most)
{
	struct time_travel_event *next = time_travel_first_event();

	if (next && next->time < time_travel_time + most)
		most = next->time > time_travel_time ? next->time - time_travel_time : 1;
	time_travel_ndelay(most);
	return most;
}

/* asm/delay.h ends with a macro that puts this in the place of um_udelay(), which lets failed system calls take 1 us. */
void bwcheck_udelay(unsigned long usecs)
{
	if (!bwcheck_owns_clock() || !is_global_init(current))
		(um_udelay)(usecs);
}

#endif /* CONFIG_UML_TIME_TRAVEL_SUPPORT */
