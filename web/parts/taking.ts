/** Taking something away: what is asked of the desk, how far it is, what went wrong. */

import { signal } from "@preact/signals";
import type { SpecInput } from "nurecoil/analysis";
import { GivenUp } from "../desk/client.ts";
import type { Failure } from "../desk/messages.ts";
import type { CommandQuestion, TakeAwayAsk, TakenAway } from "../desk/take-away.ts";
import { fileName } from "../state/file-name.ts";
import { failureOf } from "../state/resource.ts";
import type { Store } from "../state/store.ts";
import { pngOf, saveBlob, saveFile } from "./save-file.ts";
import { experimentShown, type FigureName, pictureOf, profileOf, regionOf, slugOf, specOfFigure } from "./taken.ts";

export type FigureForm = "svg" | "pdf" | "png";
export type NumberForm = "csv" | "json" | "hepdata";

/** What has numbers to be taken away. */
export type NumbersName = Exclude<FigureName, "pulls"> | "fit" | "point";

export interface Taking {
  /** What was done or is being done, to be read aloud. */
  readonly said: { readonly value: string };
  readonly failure: { readonly value: Failure | null };
  /** Whether something is on its way that can be cancelled. */
  readonly busy: { readonly value: boolean };
  /** Text to be copied by hand, where the clipboard is forbidden. */
  readonly byHand: { value: string | null };
  readonly copyLink: () => Promise<void>;
  readonly copyCommand: (question: CommandQuestion) => Promise<void>;
  readonly copySpec: () => Promise<void>;
  readonly copyBibtex: () => Promise<void>;
  readonly saveSpec: () => Promise<void>;
  readonly saveBibtex: () => Promise<void>;
  readonly saveFigure: (figure: FigureName, form: FigureForm) => Promise<void>;
  readonly saveNumbers: (what: NumbersName, form: NumberForm) => Promise<void>;
  readonly cancel: () => void;
  /** What was said is old news. */
  readonly forget: () => void;
}

/** @param link address of the present state */
export function createTaking(store: Store, link: () => string): Taking {
  const said = signal("");
  const failure = signal<Failure | null>(null);
  const busy = signal(false);
  const byHand = signal<string | null>(null);
  let round = 0;
  const channels = new Set<string>();
  /** Each thing has a channel of its own: two clicks are two files. */
  const through = async <T>(what: string, answer: (channel: string) => Promise<T>): Promise<T> => {
    const channel = `take away ${what}`;
    channels.add(channel);
    try {
      return await answer(channel);
    } finally {
      channels.delete(channel);
    }
  };

  const run = async (does: string, act: () => Promise<string>): Promise<void> => {
    const own = ++round;
    failure.value = null;
    byHand.value = null;
    busy.value = true;
    said.value = `${does} …`;
    try {
      const done = await act();
      if (own === round) said.value = done;
    } catch (error) {
      if (own !== round) return;
      said.value = error instanceof GivenUp ? "Cancelled" : "";
      if (!(error instanceof GivenUp)) failure.value = failureOf(error);
    }
    if (own === round) busy.value = false;
  };
  const copy = (what: string, text: () => Promise<string>): Promise<void> =>
    run(`Copying the ${what}`, async () => {
      const content = await text();
      try {
        await navigator.clipboard.writeText(content);
        return "Copied";
      } catch {
        byHand.value = content;
        return `This browser does not let pages copy: here is the ${what}, to be copied by hand`;
      }
    });
  const ask = (question: TakeAwayAsk): Promise<TakenAway> =>
    through(`${question.form} ${"name" in question ? question.name : question.question}`, (channel) =>
      store.desk.ask("takeAway", question, { channel, at: "long" }),
    );
  const save = (name: string, file: () => Promise<TakenAway | { readonly name: string; readonly blob: Blob }>) =>
    run(`Writing ${name}`, async () => {
      const taken = await file();
      if ("blob" in taken) saveBlob(taken.name, taken.blob);
      else saveFile(taken);
      return `Saved ${taken.name}`;
    });
  const point = () => ({
    spec: store.state.peek().spec,
    at: store.values.peek(),
    experiment: experimentShown(store.state.peek()),
  });
  const specText = (): string => `${JSON.stringify(store.state.peek().spec, null, 2)}\n`;
  const bibtex = (): Promise<TakenAway> => {
    const { spec } = store.state.peek();
    return ask({ form: "bibtex", spec, name: fileName("sources", spec, "") });
  };
  /** The spec of the command: the same question, the same file. */
  const asked = async (question: "fit" | "region"): Promise<SpecInput> => {
    const { content } = await ask({ form: "question", question, spec: store.state.peek().spec });
    return JSON.parse(content as string) as SpecInput;
  };
  const onShare = (share: number): void => {
    said.value = `Computing … ${Math.round(100 * share)} %`;
  };
  const fitted = async () =>
    through("fit", async (channel) =>
      store.desk.ask("fit", { spec: await asked("fit") }, { channel, at: "long", onShare }),
    );
  const region = async () =>
    regionAsIs(store) ??
    through("region", async (channel) => {
      const ask = { spec: await asked("region"), draft: false, alone: false, window: null };
      return await store.desk.ask("region", ask, { channel, at: "long", onShare });
    });
  const profile = async (parameter: string) => {
    const known = profileOf(store, parameter);
    if (known !== null) return known;
    const { plane: _, ...spec } = store.state.peek().spec;
    return through(`profile ${parameter}`, (channel) =>
      store.desk.ask("profile", { spec, parameter }, { channel, at: "long", onShare }),
    );
  };

  return {
    said,
    failure,
    busy,
    byHand,
    copyLink: () => copy("link", async () => link()),
    copyCommand: (question) =>
      copy("command", async () => installed((await ask({ form: "command", question, ...point() })).content as string)),
    copySpec: () => copy("spec", async () => specText()),
    copyBibtex: () => copy("BibTeX", async () => (await bibtex()).content as string),
    saveSpec: () => {
      const name = fileName("spec", store.state.peek().spec, "json");
      return save(name, async () => ({ name, type: "application/json", content: specText() }));
    },
    saveBibtex: () => save("BibTeX", bibtex),
    saveFigure: (figure, form) => {
      const spec = specOfFigure(store.state.peek(), figure);
      const name = fileName(slugOf(figure), spec, "");
      return save(`${name}.${form}`, async () => {
        const picture = pictureOf(store, figure);
        if (picture === null) throw new Error("this figure is not drawn yet: wait until it is");
        const named = store.point.busy.peek() ? undefined : store.point.value.peek()?.result.spec;
        const taken = await ask({ form: form === "pdf" ? "pdf" : "svg", picture, spec: named ?? spec, name });
        return form === "png" ? { name: `${name}.png`, blob: await pngOf(taken.content as string) } : taken;
      });
    },
    saveNumbers: (what, form) => {
      const state = store.state.peek();
      const isFigure = what !== "fit" && what !== "point";
      const name = fileName(isFigure ? slugOf(what) : what, isFigure ? specOfFigure(state, what) : state.spec, "");
      return save(name, async () => {
        if (what === "point") return await ask({ form: "json", what: "chi2", name, ...point() });
        if (what === "spectrum") return await ask({ form, what: "predict", name, ...point() });
        const result =
          what === "fit" ? await fitted() : what === "plane" ? await region() : await profile(what.profile);
        return await ask({ form, result, name });
      });
    },
    cancel: () => {
      for (const channel of channels) store.desk.cancel(channel);
    },
    forget: () => {
      if (busy.peek()) return;
      said.value = "";
      failure.value = null;
      byHand.value = null;
    },
  };
}

/** The command as it runs where the package is no part of a project yet, too. */
function installed(command: string): string {
  return command.replace(/^nurecoil /m, "npx nurecoil ");
}

/** The region on the page, where it is what the command would compute: sharp, and whole. */
function regionAsIs(store: Store) {
  const result = regionOf(store);
  return result !== null && store.askOf(result)?.window === null ? result : null;
}
