//! China: the State Council's notices on days off and make-up workdays for 2024, 2025 and 2026.
//! Ordinary weekends beside a holiday are not listed: the weekly rule applies to them.
//!
//! 2027 and 2028: no notice yet. Days fixed by law only (1 January; Spring Festival's eve to its third day; Qingming;
//! 1 and 2 May; Dragon Boat; Mid-Autumn; 1 to 3 October), no make-up days. The lunar dates are those of the Python
//! package `holidays` 0.109 (vacanza, MIT). In 2028 Mid-Autumn falls on 3 October.

use super::{DaysOff, days, on};
use crate::time::Day;

pub(super) const PROVISIONAL_FROM: Day = Day::constant(2027, 1, 1);

pub(super) const DAYS: &[DaysOff] = &[
    on(2024, 1, 1, "cn.new_year"),
    days(2024, (2, 10), (2, 17), "cn.spring_festival"),
    days(2024, (4, 4), (4, 6), "cn.qingming"),
    days(2024, (5, 1), (5, 5), "cn.labour_day"),
    on(2024, 6, 10, "cn.dragon_boat"),
    days(2024, (9, 15), (9, 17), "cn.mid_autumn"),
    days(2024, (10, 1), (10, 7), "cn.national_day"),
    on(2025, 1, 1, "cn.new_year"),
    days(2025, (1, 28), (2, 4), "cn.spring_festival"),
    days(2025, (4, 4), (4, 6), "cn.qingming"),
    days(2025, (5, 1), (5, 5), "cn.labour_day"),
    days(2025, (5, 31), (6, 2), "cn.dragon_boat"),
    days(2025, (10, 1), (10, 8), "cn.national_day"),
    days(2026, (1, 1), (1, 3), "cn.new_year"),
    days(2026, (2, 15), (2, 23), "cn.spring_festival"),
    days(2026, (4, 4), (4, 6), "cn.qingming"),
    days(2026, (5, 1), (5, 5), "cn.labour_day"),
    days(2026, (6, 19), (6, 21), "cn.dragon_boat"),
    days(2026, (9, 25), (9, 27), "cn.mid_autumn"),
    days(2026, (10, 1), (10, 7), "cn.national_day"),
    on(2027, 1, 1, "cn.new_year"),
    days(2027, (2, 5), (2, 8), "cn.spring_festival"),
    on(2027, 4, 5, "cn.qingming"),
    days(2027, (5, 1), (5, 2), "cn.labour_day"),
    on(2027, 6, 9, "cn.dragon_boat"),
    on(2027, 9, 15, "cn.mid_autumn"),
    days(2027, (10, 1), (10, 3), "cn.national_day"),
    on(2028, 1, 1, "cn.new_year"),
    days(2028, (1, 25), (1, 28), "cn.spring_festival"),
    on(2028, 4, 4, "cn.qingming"),
    days(2028, (5, 1), (5, 2), "cn.labour_day"),
    on(2028, 5, 28, "cn.dragon_boat"),
    days(2028, (10, 1), (10, 3), "cn.national_day"),
];

pub(super) const MAKE_UP: &[Day] = &[
    Day::constant(2024, 2, 4),
    Day::constant(2024, 2, 18),
    Day::constant(2024, 4, 7),
    Day::constant(2024, 4, 28),
    Day::constant(2024, 5, 11),
    Day::constant(2024, 9, 14),
    Day::constant(2024, 9, 29),
    Day::constant(2024, 10, 12),
    Day::constant(2025, 1, 26),
    Day::constant(2025, 2, 8),
    Day::constant(2025, 4, 27),
    Day::constant(2025, 9, 28),
    Day::constant(2025, 10, 11),
    Day::constant(2026, 1, 4),
    Day::constant(2026, 2, 14),
    Day::constant(2026, 2, 28),
    Day::constant(2026, 5, 9),
    Day::constant(2026, 9, 20),
    Day::constant(2026, 10, 10),
];
