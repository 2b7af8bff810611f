"""A treasury's figures: bonds, options and curves of QuantLib, the working days of countries."""

import datetime

import numpy as np
import numpy_financial as npf
import QuantLib as ql
from convertdate import hebrew, islamic
from workalendar.america import Brazil, Mexico
from workalendar.asia import HongKong, Israel, SouthKorea
from workalendar.core import Calendar, SAT, SUN, WesternMixin
from workalendar.europe import France, Germany, UnitedKingdom
from workalendar.exceptions import UnsupportedDateType
from workalendar.registry import registry
from workalendar.usa import UnitedStates


class Shop(WesternMixin, Calendar):
    WEEKEND_DAYS = (SAT, SUN)
    include_easter_monday = True
    FIXED_HOLIDAYS = Calendar.FIXED_HOLIDAYS + ((5, 21, "Tea day"),)


def bond(event, today):
    schedule = ql.Schedule(today, today + ql.Period(5, ql.Years), ql.Period(ql.Semiannual), ql.TARGET(), ql.ModifiedFollowing, ql.ModifiedFollowing, ql.DateGeneration.Backward, False)
    made = ql.FixedRateBond(2, event["face"], schedule, [event["coupon"]], ql.ActualActual(ql.ActualActual.ISDA))
    helpers = [ql.DepositRateHelper(ql.QuoteHandle(ql.SimpleQuote(0.02)), ql.Euribor6M())] + [ql.SwapRateHelper(ql.QuoteHandle(ql.SimpleQuote(r)), ql.Period(n, ql.Years), ql.TARGET(), ql.Annual, ql.Unadjusted, ql.Thirty360(ql.Thirty360.BondBasis), ql.Euribor6M()) for n, r in ((2, 0.022), (5, 0.025), (10, 0.028))]
    curve = ql.PiecewiseLogCubicDiscount(0, ql.TARGET(), helpers, ql.Actual365Fixed())
    made.setPricingEngine(ql.DiscountingBondEngine(ql.YieldTermStructureHandle(curve)))
    return [round(made.cleanPrice(), 4), round(made.bondYield(ql.Actual365Fixed(), ql.Compounded, ql.Annual), 5), len(made.cashflows()), str(schedule[1]), round(curve.zeroRate(4.0, ql.Continuous).rate(), 5)]


def options(today):
    flat = ql.YieldTermStructureHandle(ql.FlatForward(today, 0.03, ql.Actual365Fixed()))
    volatility = ql.BlackVolTermStructureHandle(ql.BlackConstantVol(today, ql.NullCalendar(), 0.2, ql.Actual365Fixed()))
    process = ql.BlackScholesProcess(ql.QuoteHandle(ql.SimpleQuote(100)), flat, volatility)
    call = ql.VanillaOption(ql.PlainVanillaPayoff(ql.Option.Call, 105), ql.EuropeanExercise(today + 365))
    call.setPricingEngine(ql.AnalyticEuropeanEngine(process))
    price = [round(call.NPV(), 4), round(call.delta(), 4), round(call.impliedVolatility(call.NPV(), process), 4)]
    call.setPricingEngine(ql.BinomialVanillaEngine(process, "crr", 400))
    put = ql.VanillaOption(ql.PlainVanillaPayoff(ql.Option.Put, 105), ql.AmericanExercise(today, today + 365))
    put.setPricingEngine(ql.FdBlackScholesVanillaEngine(process, 100, 100))
    return price + [abs(call.NPV() - price[0]) < 0.05, round(put.NPV(), 2)]


def handler(event, context):
    today = ql.DateParser.parseISO(event["today"])
    ql.Settings.instance().evaluationDate = today
    year = event["year"]
    days = {}
    for calendar in (Germany, France, UnitedKingdom, UnitedStates, Brazil, Mexico, SouthKorea, Israel, HongKong, Shop):
        holidays = calendar().holidays(year)
        days[calendar.__name__] = [len(holidays), str(holidays[len(holidays) // 2][0]), holidays[-1][1]]
    bavaria = registry.get("DE-BY")()
    try:
        bavaria.is_working_day("2026-01-06")
        wrong = None
    except UnsupportedDateType as error:
        wrong = type(error).__name__
    return {
        "bond": bond(event, today), "options": options(today), "days": days, "wrong": wrong, "regions": [code for code in registry.get_calendars(["DE-BY", "JP", "XX"])], "epiphany": bavaria.is_working_day(datetime.date(2026, 1, 6)),
        "delta": str(Germany().add_working_days(datetime.date(2026, 4, 2), 2)), "between": UnitedStates().get_working_days_delta(datetime.date(2026, 7, 1), datetime.date(2026, 7, 8)), "ics": bavaria.get_calendar_holidays(2026)[0][1],
        "target": [ql.TARGET().isHoliday(ql.Date(3, 4, 2026)), str(ql.Germany(ql.Germany.Eurex).advance(ql.Date(23, 12, 2026), 2, ql.Days))], "dates": [hebrew.from_gregorian(2026, 4, 2), islamic.from_gregorian(2026, 2, 18)],
        "npv": round(float(npf.npv(0.05, [-100, 60, 60])), 3), "irr": round(float(npf.irr([-100, 60, 60])), 4), "pmt": round(float(npf.pmt(0.04 / 12, 120, 10000)), 2), "interest": [round(float(x), 2) for x in npf.ipmt(0.01, np.arange(1, 4), 12, -1000)],
    }
