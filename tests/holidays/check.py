"""The holiday tables of shared/src/time/holidays/ against the Python package `holidays` (vacanza, MIT).

Run by `cargo xtask test` in a virtual environment of its own with the version of requirements.txt. A date that only one
side has is printed, and fails. China's table for 2024 to 2026 is also compared with the State Council's notices, as they
are written down below from a second source.
"""

import datetime
import pathlib
import re
import sys

import holidays

YEARS = range(2024, 2029)
TABLES = pathlib.Path(__file__).resolve().parents[2] / "shared/src/time/holidays"

# Off (first..last) and worked instead, by the notices of the State Council.
NOTICES = {
    2024: (
        "01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        "01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}

# What the package is asked for each table: country, part of it.
ASKED = {
    "au": ("AU", None),
    "br": ("BR", None),
    "de": ("DE", None),
    "gb": ("GB", "ENG"),
    "hk": ("HK", None),
    "jp": ("JP", None),
    "sg": ("SG", None),
    "us": ("US", None),
}


def span(first, last):
    return {first + datetime.timedelta(days=n) for n in range((last - first).days + 1)}


def table(country):
    """The days off and the make-up days of one of our tables."""
    text = (TABLES / f"{country}.rs").read_text()
    off = set()
    for year, month, day in re.findall(r"\bon\((\d+), (\d+), (\d+),", text):
        off.add(datetime.date(int(year), int(month), int(day)))
    for numbers in re.findall(r"\bdays\((\d+), \((\d+), (\d+)\), \((\d+), (\d+)\),", text):
        year, a, b, c, d = map(int, numbers)
        off |= span(datetime.date(year, a, b), datetime.date(year, c, d))
    listed = text.partition("MAKE_UP: &[Day]")[2]
    make_up = re.findall(r"Day::constant\((\d+), (\d+), (\d+)\)", listed)
    return off, {datetime.date(*map(int, day)) for day in make_up}


def notice(year):
    off, work = NOTICES[year]
    date = lambda text: datetime.date.fromisoformat(f"{year}-{text}")
    days = set()
    for part in off.split():
        first, _, last = part.partition("..")
        days |= span(date(first), date(last or first))
    return days, {date(day) for day in work.split()}


def differences(what, ours, theirs):
    only = lambda side, days: [f"{what}: {day} is only in {side}" for day in sorted(days)]
    return only("our table", ours - theirs) + only("the other source", theirs - ours)


def of_year(days, year):
    return {day for day in days if day.year == year}


def china():
    off, make_up = table("cn")
    found = []
    for year in NOTICES:
        days, work = notice(year)
        found += differences(f"cn {year}, off, by notice", of_year(off, year), days)
        found += differences(f"cn {year}, make-up, by notice", of_year(make_up, year), work)
        package = holidays.country_holidays("CN", years=year)
        weekday = {day for day in days if day.weekday() < 5}
        # The package lists weekends beside a holiday in its own way: the working week is what both can say.
        found += differences(f"cn {year}, off", weekday, {day for day in package if day.weekday() < 5})
        found += differences(f"cn {year}, make-up", of_year(make_up, year), of_year(package.weekend_workdays, year))
    for year in set(YEARS) - set(NOTICES):
        package = holidays.country_holidays("CN", years=year, observed=False)
        found += differences(f"cn {year}, by law", of_year(off, year), set(package))
        found += differences(f"cn {year}, make-up", of_year(make_up, year), set())
    return found


def main():
    found = china()
    for name, (country, part) in ASKED.items():
        package = holidays.country_holidays(country, subdiv=part, years=YEARS)
        days, _ = table(name)
        found += differences(name, days, {day for day in package if day.year in YEARS})
    print("\n".join(found) or f"nine tables agree with holidays {holidays.__version__}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
