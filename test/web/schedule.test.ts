import { describe, expect, it } from "vitest";
import { createSchedule, type Job, type Work } from "../../web/desk/schedule.ts";

/** Work of so many steps, each written down; slices of no length let others in after every step. */
function* counting(name: string, steps: number, log: string[]): Work<string> {
  for (let k = 1; k <= steps; k++) {
    log.push(`${name}${k}`);
    yield k / steps;
  }
  return name;
}

function jobOf(
  id: number,
  urgency: number,
  begin: Job<string>["begin"],
  log: string[],
): { readonly job: Job<string>; readonly done: Promise<void> } {
  let finish: () => void;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const end = (what: string) => (): void => {
    log.push(`${what} ${id}`);
    finish();
  };
  return {
    done,
    job: {
      id,
      urgency,
      begin,
      onShare: () => {},
      onAnswer: end("answer"),
      onFailure: end("failure"),
      onDropped: end("dropped"),
    },
  };
}

describe("a schedule", () => {
  it("lets the urgent in between the steps of the long", async () => {
    const log: string[] = [];
    const schedule = createSchedule(-1, () => false);
    const long = jobOf(1, 5, async () => counting("a", 3000, log), log);
    const quick = jobOf(2, 0, async () => counting("b", 2, log), log);
    schedule.add(long.job);
    await new Promise((resolve) => setTimeout(resolve, 1));
    schedule.add(quick.job);
    await Promise.all([long.done, quick.done]);
    expect(log.indexOf("answer 2")).toBeLessThan(log.indexOf("answer 1"));
    expect(log.filter((one) => one.startsWith("a") && !one.startsWith("answer"))).toHaveLength(3000);
  });

  it("gives up what is dropped, by message or by shared memory, begun or not", async () => {
    const log: string[] = [];
    const given = new Set<number>();
    const schedule = createSchedule(-1, (id) => given.has(id));
    const endless = function* (): Work<string> {
      for (;;) yield 0;
    };
    const [byMessage, byMemory] = [jobOf(1, 1, async () => endless(), log), jobOf(2, 1, async () => endless(), log)];
    schedule.add(byMessage.job);
    await new Promise((resolve) => setTimeout(resolve, 1));
    schedule.drop(1);
    await byMessage.done;
    schedule.add(byMemory.job);
    await new Promise((resolve) => setTimeout(resolve, 1));
    given.add(2);
    await byMemory.done;
    const loading = jobOf(3, 1, () => new Promise(() => {}), log);
    schedule.add(loading.job);
    schedule.drop(3);
    await loading.done;
    expect(log).toEqual(["dropped 1", "dropped 2", "dropped 3"]);
  });

  it("tells a failure of loading and of a step, and goes on", async () => {
    const log: string[] = [];
    const schedule = createSchedule(-1, () => false);
    const failing = function* (): Work<string> {
      yield 0;
      throw new Error("no");
    };
    const jobs = [
      jobOf(1, 1, () => Promise.reject(new Error("no data")), log),
      jobOf(2, 1, async () => failing(), log),
      jobOf(3, 1, async () => counting("c", 3, log), log),
    ];
    for (const { job } of jobs) schedule.add(job);
    await Promise.all(jobs.map(({ done }) => done));
    expect(log.filter((one) => one.includes(" ")).sort()).toEqual(["answer 3", "failure 1", "failure 2"]);
  });
});
