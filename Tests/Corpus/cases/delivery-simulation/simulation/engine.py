"""Vans, a shared pump, a store of orders: SimPy."""

import random
from dataclasses import dataclass

import simpy


@dataclass(frozen=True)
class Order:
    number: int
    place: str
    placed: float


def run(network, policy, demand, until, vans, tank):
    env = simpy.Environment()
    waiting = simpy.FilterStore(env)
    pump = simpy.PriorityResource(env, capacity=1)
    fuel = simpy.Container(env, init=tank, capacity=tank)
    log = []

    def orders():
        for number, gap in enumerate(demand()):
            yield env.timeout(gap)
            yield waiting.put(Order(number, random.choice([p for p in network.places if p != "depot"]), env.now))

    def refill():
        while True:
            yield env.timeout(60)
            if fuel.level < fuel.capacity:
                yield fuel.put(fuel.capacity - fuel.level)

    def van(number):
        place = "depot"
        while True:
            first = yield waiting.get()
            chosen = policy.choose(place, [first, *waiting.items])
            if first not in chosen:
                yield waiting.put(first)
            for order in chosen:
                if order != first:
                    yield waiting.get(lambda o, wanted=order: o == wanted)
                minutes = network.minutes(place, order.place)
                got = fuel.get(max(minutes / 3, 0.1))
                done = yield got | env.timeout(90)
                if got not in done:
                    got.cancel()
                    continue
                yield env.timeout(minutes)
                place = order.place
                log.append((number, order.number, place, env.now - order.placed))
            with pump.request(priority=number) as request:
                yield request
                yield env.timeout(1)

    def breakdown(victim):
        yield env.timeout(until / 2)
        victim.interrupt("flat tyre")

    def fragile():
        try:
            yield env.timeout(10 * until)
        except simpy.Interrupt as why:
            log.append((-1, -1, str(why.cause), env.now))

    env.process(orders())
    env.process(refill())
    env.process(breakdown(env.process(fragile())))
    for number in range(vans):
        env.process(van(number))
    env.run(until=until)
    waits = [w for n, _, _, w in log if n >= 0]
    return {"delivered": len(waits), "mean": sum(waits) / len(waits), "longest": max(waits), "left": len(waiting.items), "fuel": fuel.level, "first": log[:4]}
