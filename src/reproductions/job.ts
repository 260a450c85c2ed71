/** Questions of a paper answered in a worker: the job kind `question`. */

import type { ExperimentLibrary } from "../analysis/prepare.ts";
import type { ParsedExperiment } from "../experiments/parse.ts";
import type { Reproduction } from "./format.ts";
import type { AskedQuestion, Question } from "./questions.ts";
import { answerToys, openSession, type Session, type SessionInputs } from "./session.ts";

export interface QuestionSetup {
  readonly paper: Reproduction;
  /** Experiments of the paper by the id that its analyses name. */
  readonly experiments: Readonly<Record<string, ParsedExperiment>>;
  readonly inputs: SessionInputs;
  /** Choices on top of `inputs` for the questions that are asked with moved inputs. */
  readonly moved: SessionInputs;
}

export interface QuestionTask extends AskedQuestion {
  readonly isMoved: boolean;
}

export function open({ paper, experiments, inputs, moved }: QuestionSetup): (task: QuestionTask) => unknown {
  const library: ExperimentLibrary = { ids: Object.keys(experiments), load: (id) => experiments[id]! };
  const choices = [inputs, moved];
  const sessions = choices.map((one) => openSession(paper, library, one));
  return ({ analysis, question, isMoved }) => {
    const which = isMoved ? 1 : 0;
    if (question.kind === "feldman-cousins") return answerToys(paper, library, choices[which]!, analysis);
    return answerOf(sessions[which]!.of(analysis), question);
  };
}

/** What a session answers to a question. */
function answerOf(session: Session, question: Exclude<Question, { kind: "feldman-cousins" }>): unknown {
  switch (question.kind) {
    case "spec":
      return session.spec();
    case "spectrum":
      return session.spectrum();
    case "fit":
      return session.fit(question.free);
    case "impacts":
      return session.impacts(question.free);
    case "predict":
      return session.predict(question.parameters, question.recoil);
    case "chi2":
      return session.chi2(question.parameters);
    case "helicity":
      return session.helicity(question.parameters);
    case "region":
      return session.region(question.plane, question.dof, question.cls ?? undefined);
    case "scan":
      return session.scan(question.parameter, question.low, question.high, question.n, question.profile);
  }
}
