/**
 * The page's side of the desks: one for what follows the pointer, others for long work. Per channel the newest request
 * wins: an older one is given up, begun or not.
 */

import { droppedMemory, markDropped, markWaiting } from "./dropped.ts";
import type { Asked, Failure, FromDesk, ToDesk } from "./messages.ts";
import type { Answers, Asks, QuestionName } from "./questions.ts";

/** A place where questions are answered: a worker, or the page's own thread. */
export interface Place {
  readonly post: (message: ToDesk) => void;
  readonly close: () => void;
}

/** @param hear called with every message; @param ended called when it can answer no more */
export type OpenPlace = (hear: (message: FromDesk) => void, ended: (why: string) => void) => Place;

export interface AskOptions<Name extends QuestionName> {
  /** Requests of one channel replace each other. */
  readonly channel: string;
  /** Where it is worked on: `live` is never busy for long. */
  readonly at: "live" | "long";
  /**
   * Whether a newer request waits until this one has said something: so that what follows a slider is drawn while it
   * moves, and not only when it rests. Default: only at the live desk.
   */
  readonly waits?: boolean;
  readonly onPartial?: (partial: Answers[Name]) => void;
  readonly onShare?: (share: number) => void;
}

/** A newer request took the place of this one, or it was cancelled. */
export class GivenUp extends Error {
  override readonly name = "GivenUp";
}

/** What went wrong, as the page shows it. */
export class DeskError extends Error {
  override readonly name = "DeskError";
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.issues.map(({ message }) => message).join("; "));
    this.failure = failure;
  }
}

/** What happened so far: for tests and for the curious. */
export interface DeskStatistics {
  asked: number;
  answered: number;
  /** Given up before they were sent, and after. */
  replaced: number;
  dropped: number;
  /** Places that ended by themselves. */
  lost: number;
  readonly milliseconds: Record<string, number[]>;
}

export interface Desk {
  readonly ask: <Name extends QuestionName>(
    question: Name,
    ask: Asks[Name],
    options: AskOptions<Name>,
  ) => Promise<Answers[Name]>;
  /** Give up what a channel asks. */
  readonly cancel: (channel: string) => void;
  readonly statistics: DeskStatistics;
}

interface Request {
  readonly id: number;
  readonly asked: Asked;
  readonly at: "live" | "long";
  /** Newer ones wait until it has said something. */
  waits: boolean;
  readonly onPartial: ((partial: Answers[QuestionName]) => void) | undefined;
  readonly onShare: ((share: number) => void) | undefined;
  readonly resolve: (answer: Answers[QuestionName]) => void;
  readonly reject: (why: Error) => void;
}

interface Channel {
  /** Sent, not answered yet. */
  current: Request | undefined;
  /** Waits until that has been answered: only the newest is kept. */
  next: Request | undefined;
}

interface Member {
  readonly place: Place;
  readonly inHand: Map<number, { readonly channel: string; readonly request: Request }>;
}

/** Channel of what follows the pointer: other desks give way to it. */
export const POINTER = "point";

/** Time that drawing an answer takes, about. */
const DRAWING_MS = 6;

/** Answers whose times are kept. */
const REMEMBERED = 2000;

/**
 * @param open how places are opened
 * @param long how many work on long questions side by side; 0: the live one does
 */
export function createDesk(
  open: OpenPlace,
  long: number,
  { base, experiments }: { readonly base: string; readonly experiments: readonly string[] },
): Desk {
  const memory = droppedMemory();
  const channels = new Map<string, Channel>();
  const statistics: DeskStatistics = { asked: 0, answered: 0, replaced: 0, dropped: 0, lost: 0, milliseconds: {} };
  const members: (Member | undefined)[] = new Array<undefined>(1 + long).fill(undefined);
  let ids = 0;

  const start = (index: number): Member => {
    const inHand: Member["inHand"] = new Map();
    const place = open(
      (message) => hear(index, message),
      (why) => lose(index, why),
    );
    const member: Member = { place, inHand };
    members[index] = member;
    place.post({ begin: { base, experiments, dropped: memory, live: index === 0 } });
    return member;
  };
  const memberFor = (at: Request["at"]): Member => {
    if (at === "live" || long === 0) return members[0] ?? start(0);
    const indices = Array.from({ length: long }, (_, i) => i + 1);
    const least = indices.reduce((best, i) =>
      (members[i]?.inHand.size ?? 0) < (members[best]?.inHand.size ?? 0) ? i : best,
    );
    return members[least] ?? start(least);
  };
  const send = (channel: string, request: Request): void => {
    const member = memberFor(request.at);
    member.inHand.set(request.id, { channel, request });
    channelOf(channel).current = request;
    if (channel === POINTER) tellWaiting();
    member.place.post({ do: request.asked });
  };
  const channelOf = (name: string): Channel => {
    const known = channels.get(name) ?? { current: undefined, next: undefined };
    channels.set(name, known);
    return known;
  };
  /** The answer has to be drawn before others go on. */
  const tellWaiting = (): void => {
    const waits = (): boolean => channels.get(POINTER)?.current !== undefined;
    if (waits()) markWaiting(memory, true);
    else setTimeout(() => markWaiting(memory, waits()), DRAWING_MS);
  };
  const settle = (channel: string, request: Request): void => {
    for (const member of members) member?.inHand.delete(request.id);
    const known = channelOf(channel);
    if (known.current !== request) return;
    known.current = undefined;
    if (channel === POINTER) tellWaiting();
    const { next } = known;
    known.next = undefined;
    if (next !== undefined) send(channel, next);
  };
  const giveUp = (request: Request): void => {
    markDropped(memory, request.id);
    for (const member of members) if (member?.inHand.delete(request.id)) member.place.post({ drop: request.id });
    statistics.dropped++;
    request.reject(new GivenUp("a newer request took its place"));
  };
  /** Give a request up for the one that waits. */
  const replace = (name: string, request: Request): void => {
    const channel = channelOf(name);
    const { next } = channel;
    giveUp(request);
    channel.current = undefined;
    channel.next = undefined;
    if (next !== undefined) send(name, next);
  };
  const hear = (index: number, message: FromDesk): void => {
    const found = members[index]?.inHand.get(message.id);
    if (found === undefined) return;
    const { channel, request } = found;
    if ("partial" in message) {
      request.onPartial?.(message.partial);
      if (request.at === "long") {
        request.waits = false;
        if (channelOf(channel).next !== undefined) replace(channel, request);
      }
      return;
    }
    if ("share" in message) {
      request.onShare?.(message.share);
      return;
    }
    settle(channel, request);
    if ("answer" in message) {
      statistics.answered++;
      const times = statistics.milliseconds[request.asked.question] ?? [];
      statistics.milliseconds[request.asked.question] = times;
      times.push(message.milliseconds);
      if (times.length > REMEMBERED) times.shift();
      request.resolve(message.answer);
    } else if ("failure" in message) request.reject(new DeskError(message.failure));
  };
  const lose = (index: number, why: string): void => {
    const member = members[index];
    if (member === undefined) return;
    statistics.lost++;
    members[index] = undefined;
    member.place.close();
    for (const { channel, request } of [...member.inHand.values()]) {
      settle(channel, request);
      request.reject(
        new DeskError({
          kind: "fault",
          issues: [{ message: `a worker ended: ${why}`, hint: "change anything to try again, or reload the page" }],
        }),
      );
    }
  };

  return {
    statistics,
    ask: (question, ask, options) =>
      new Promise((resolve, reject) => {
        const id = ++ids;
        statistics.asked++;
        const request: Request = {
          id,
          asked: { id, question, ask } as Asked,
          at: options.at,
          waits: options.waits ?? options.at === "live",
          onPartial: options.onPartial as Request["onPartial"],
          onShare: options.onShare,
          resolve: resolve as Request["resolve"],
          reject,
        };
        const channel = channelOf(options.channel);
        if (channel.next !== undefined) {
          statistics.replaced++;
          channel.next.reject(new GivenUp("a newer request took its place"));
          channel.next = undefined;
        }
        if (channel.current === undefined) return send(options.channel, request);
        channel.next = request;
        if (!channel.current.waits) replace(options.channel, channel.current);
      }),
    cancel: (name) => {
      const channel = channels.get(name);
      if (channel === undefined) return;
      channel.next?.reject(new GivenUp("cancelled"));
      channel.next = undefined;
      if (channel.current !== undefined) giveUp(channel.current);
      channel.current = undefined;
    },
  };
}
