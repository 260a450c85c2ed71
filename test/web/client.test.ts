import { describe, expect, it } from "vitest";
import { createDesk, type Desk, DeskError, GivenUp, type OpenPlace } from "../../web/desk/client.ts";
import type { FromDesk, ToDesk } from "../../web/desk/messages.ts";

/** Places that answer when they are told to. */
function standIn() {
  const places: {
    readonly heard: ToDesk[];
    readonly say: (message: FromDesk) => void;
    readonly end: (why: string) => void;
  }[] = [];
  const open: OpenPlace = (hear, ended) => {
    const heard: ToDesk[] = [];
    places.push({ heard, say: hear, end: ended });
    return { post: (message) => heard.push(message), close: () => {} };
  };
  return { open, places };
}

const place = { base: "https://example.org/", experiments: [] };
const spec = { spec: {} };
const asked = (heard: readonly ToDesk[]): number[] =>
  heard.flatMap((message) => ("do" in message ? [message.do.id] : []));
const dropped = (heard: readonly ToDesk[]): number[] =>
  heard.flatMap((message) => ("drop" in message ? [message.drop] : []));
const answer = (id: number, value: unknown): FromDesk => ({ id, answer: value as never, milliseconds: 1 });

const live = (desk: Desk): Promise<unknown> => desk.ask("minima", spec, { channel: "a", at: "live" });
const long = (desk: Desk, waits = false): Promise<unknown> =>
  desk.ask("minima", spec, { channel: "a", at: "long", waits });

describe("the newest request of a channel wins", () => {
  it("quick ones wait for the answer under way and replace each other meanwhile", async () => {
    const { open, places } = standIn();
    const desk = createDesk(open, 1, place);
    const [first, second, third] = [live(desk), live(desk), live(desk)];
    await expect(second).rejects.toBeInstanceOf(GivenUp);
    const { heard, say } = places[0]!;
    expect(asked(heard)).toEqual([1]);
    say(answer(1, "one"));
    await expect(first).resolves.toBe("one");
    expect(asked(heard)).toEqual([1, 3]);
    say(answer(3, "three"));
    await expect(third).resolves.toBe("three");
    expect(desk.statistics).toMatchObject({ asked: 3, answered: 2, replaced: 1, dropped: 0, lost: 0 });
  });

  it("long ones are given up at once", async () => {
    const { open, places } = standIn();
    const desk = createDesk(open, 1, place);
    const [first, second] = [long(desk), long(desk)];
    await expect(first).rejects.toBeInstanceOf(GivenUp);
    const { heard, say } = places[0]!;
    expect(dropped(heard)).toEqual([1]);
    // An answer that was under way already is nobody's.
    say(answer(1, "late"));
    say(answer(2, "two"));
    await expect(second).resolves.toBe("two");
    expect(desk.statistics).toMatchObject({ answered: 1, dropped: 1 });
  });

  it("long ones that wait are given up after their first word", async () => {
    const { open, places } = standIn();
    const desk = createDesk(open, 1, place);
    const said: unknown[] = [];
    const first = desk.ask("minima", spec, {
      channel: "a",
      at: "long",
      waits: true,
      onPartial: (partial) => said.push(partial),
    });
    const second = long(desk, true);
    const { heard, say } = places[0]!;
    expect(asked(heard)).toEqual([1]);
    say({ id: 1, partial: "begun" as never });
    await expect(first).rejects.toBeInstanceOf(GivenUp);
    expect(said).toEqual(["begun"]);
    expect(asked(heard)).toEqual([1, 2]);
    say(answer(2, "two"));
    await expect(second).resolves.toBe("two");
  });

  it("other channels are left alone, and spread over the desks for long work", async () => {
    const { open, places } = standIn();
    const desk = createDesk(open, 2, place);
    const all = ["a", "b"].map((channel) => desk.ask("minima", spec, { channel, at: "long" }));
    expect(places.map(({ heard }) => asked(heard))).toEqual([[1], [2]]);
    places[1]!.say(answer(2, "b"));
    places[0]!.say(answer(1, "a"));
    await expect(Promise.all(all)).resolves.toEqual(["a", "b"]);
  });

  it("what a channel asks can be cancelled", async () => {
    const { open, places } = standIn();
    const desk = createDesk(open, 1, place);
    const first = long(desk);
    desk.cancel("a");
    await expect(first).rejects.toBeInstanceOf(GivenUp);
    expect(dropped(places[0]!.heard)).toEqual([1]);
  });
});

describe("what goes wrong", () => {
  it("is told with its issues", async () => {
    const { open, places } = standIn();
    const first = live(createDesk(open, 1, place));
    const failure = { kind: "usage", issues: [{ message: "no", hint: "yes" }] } as const;
    places[0]!.say({ id: 1, failure });
    await expect(first).rejects.toMatchObject({ failure });
    await expect(first).rejects.toBeInstanceOf(DeskError);
  });

  it("a place that ends is opened anew at the next question", async () => {
    const { open, places } = standIn();
    const desk = createDesk(open, 1, place);
    const first = live(desk);
    places[0]!.end("out of memory");
    await expect(first).rejects.toThrow(/out of memory/);
    const second = live(desk);
    expect(places).toHaveLength(2);
    places[1]!.say(answer(2, "again"));
    await expect(second).resolves.toBe("again");
    expect(desk.statistics.lost).toBe(1);
  });
});
