/**
 * A desk's day: questions are worked on in slices of a few milliseconds, the most urgent first, so that a newer one is
 * heard in between. The same in a worker and, where workers are blocked, in the page's own thread.
 */

/** Work in steps: yields shares done. */
export type Work<T> = Generator<number, T>;

export interface Job<T> {
  readonly id: number;
  /** Looked at before every slice: less is sooner. */
  urgency: number;
  /** Load what is needed; the rest is steps. */
  readonly begin: () => Promise<Work<T>>;
  readonly onShare: (share: number) => void;
  readonly onAnswer: (answer: T, milliseconds: number) => void;
  readonly onFailure: (error: unknown) => void;
  readonly onDropped: () => void;
}

export interface Schedule {
  readonly add: <T>(job: Job<T>) => void;
  /** Give a job up, begun or not. */
  readonly drop: (id: number) => void;
}

interface Begun {
  readonly job: Job<unknown>;
  readonly work: Work<unknown>;
  spent: number;
}

/** Shares are told at most this often. */
const TELL_EVERY_MS = 100;

/**
 * @param slice milliseconds of work between two looks at the messages
 * @param isDropped asked after every step: shared memory tells sooner than a message
 */
export function createSchedule(slice: number, isDropped: (id: number) => boolean): Schedule {
  const begun: Begun[] = [];
  const loading = new Map<number, Job<unknown>>();
  let running = false;
  const pause = macrotask();

  const finish = (one: Begun): void => {
    begun.splice(begun.indexOf(one), 1);
  };
  const turn = async (): Promise<void> => {
    if (running) return;
    running = true;
    let told = 0;
    while (begun.length > 0) {
      const one = begun.reduce((best, next) => (next.job.urgency < best.job.urgency ? next : best));
      // Of equally urgent ones each has its turn.
      begun.push(...begun.splice(begun.indexOf(one), 1));
      const start = performance.now();
      try {
        for (;;) {
          if (isDropped(one.job.id)) {
            finish(one);
            one.job.onDropped();
            break;
          }
          const step = one.work.next();
          const now = performance.now();
          if (step.done === true) {
            finish(one);
            one.job.onAnswer(step.value, one.spent + now - start);
            break;
          }
          if (now - told > TELL_EVERY_MS) {
            told = now;
            one.job.onShare(step.value);
          }
          if (now - start > slice) {
            one.spent += now - start;
            break;
          }
        }
      } catch (error) {
        finish(one);
        one.job.onFailure(error);
      }
      await pause();
    }
    running = false;
  };

  return {
    add: (job) => {
      const plain = job as Job<unknown>;
      loading.set(plain.id, plain);
      plain.begin().then(
        (work) => {
          if (!loading.delete(plain.id)) return;
          begun.push({ job: plain, work, spent: 0 });
          void turn();
        },
        (error: unknown) => {
          if (loading.delete(plain.id)) plain.onFailure(error);
        },
      );
    },
    drop: (id) => {
      const waiting = loading.get(id);
      const working = begun.find(({ job }) => job.id === id);
      loading.delete(id);
      if (working !== undefined) finish(working);
      (waiting ?? working?.job)?.onDropped();
    },
  };
}

/** Lets waiting messages be heard; timers would wait 4 ms. */
function macrotask(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  let resume: (() => void) | undefined;
  port1.onmessage = () => resume?.();
  return () =>
    new Promise((resolve) => {
      resume = resolve;
      port2.postMessage(null);
    });
}
