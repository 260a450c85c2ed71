/** Everything that is wrong with a figure's spec, found before anything is drawn. */
import { type Issue, NurecoilError } from "../errors.ts";
import type { AxisSpec, FigureSpec, Mark, Windows } from "./spec.ts";

/**
 * @throws NurecoilError (usage) with one issue per mistake, each with its path in the spec
 */
export function checkFigure(spec: FigureSpec): void {
  const issues: Issue[] = [];
  const wrong = (path: string, message: string): void => {
    issues.push({ message, path: `figure ${spec.id}: ${path}` });
  };
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(spec.id)) wrong("id", "must be a letter, then letters, digits, - or _");
  if (spec.panels.length === 0) wrong("panels", "needs at least one panel");
  if (spec.columns !== undefined && !(Number.isInteger(spec.columns) && spec.columns >= 1))
    wrong("columns", "must be a whole number >= 1");
  const positive = (value: number): boolean => value > 0 && Number.isFinite(value);
  for (const key of ["heightIn", "aspect"] as const) {
    const value = spec[key];
    if (value !== undefined && !positive(value)) wrong(key, "must be a positive number");
  }
  if (typeof spec.width === "number" && !positive(spec.width)) wrong("width", "must be a positive number");
  if (spec.heights?.every(positive) === false) wrong("heights", "must be positive numbers");
  if (spec.rowGap !== undefined && !(spec.rowGap >= 0 && Number.isFinite(spec.rowGap)))
    wrong("rowGap", "must be a number >= 0");
  spec.panels.forEach((panel, i) => {
    for (const axis of ["x", "y"] as const) checkAxis(panel[axis], `panels[${i}].${axis}`, wrong);
    panel.marks.forEach((mark, j) => {
      checkMark(mark, `panels[${i}].marks[${j}]`, wrong);
    });
  });
  if (issues.length > 0) throw new NurecoilError("usage", issues);
}

type Wrong = (path: string, message: string) => void;

function checkAxis(axis: AxisSpec, path: string, wrong: Wrong): void {
  if (axis.ticks?.some((tick) => !Number.isFinite(tick))) wrong(`${path}.ticks`, "must be finite numbers");
  if (axis.categories !== undefined) {
    if (axis.categories.length === 0) wrong(`${path}.categories`, "needs at least one name");
    if (axis.scale === "log") wrong(`${path}.categories`, "need a linear axis");
  }
  if (axis.steady !== undefined) checkSteady(axis.steady, axis.scale, `${path}.steady`, wrong);
  if (axis.domain === undefined || axis.domain === "auto") return;
  const [low, high] = axis.domain;
  if (!Number.isFinite(low) || !Number.isFinite(high) || low >= high)
    wrong(`${path}.domain`, "must be two finite numbers, the lower first");
  else if (axis.scale === "log" && low <= 0) wrong(`${path}.domain`, "must be positive on a log axis");
}

function checkSteady(steady: Windows, scale: AxisSpec["scale"], path: string, wrong: Wrong): void {
  const { middles, nearest, farthest } = steady;
  if (scale === "log") wrong(path, "needs a linear axis");
  if (!middles.every(Number.isFinite) || middles[0] > middles[1])
    wrong(`${path}.middles`, "must be two finite numbers, the lower first");
  if (!(nearest > 0 && nearest <= farthest && Number.isFinite(farthest)))
    wrong(`${path}.nearest`, "must be a positive number, not above farthest");
}

function checkMark(mark: Mark, path: string, wrong: Wrong): void {
  const finite = (key: string, values: readonly number[] | undefined): void => {
    if (values?.some((value) => !Number.isFinite(value))) wrong(`${path}.${key}`, "must be finite numbers");
  };
  const length = (key: string, values: readonly unknown[] | undefined, wanted: number): void => {
    if (values !== undefined && values.length !== wanted)
      wrong(`${path}.${key}`, `has ${values.length} entries where ${wanted} are needed`);
  };
  switch (mark.type) {
    case "steps":
      finite("edges", mark.edges);
      finite("values", mark.values);
      finite("base", mark.base);
      if (mark.values.length === 0) wrong(`${path}.values`, "needs at least one bin");
      length("edges", mark.edges, mark.values.length + 1);
      length("base", mark.base, mark.values.length);
      if (mark.edges.some((edge, i) => i > 0 && edge <= mark.edges[i - 1]!)) wrong(`${path}.edges`, "must rise");
      return;
    case "points":
      finite("x", mark.x);
      finite("y", mark.y);
      length("y", mark.y, mark.x.length);
      for (const key of ["xErr", "yErr"] as const) {
        length(key, mark[key], mark.x.length);
        if (mark[key]?.flat().some((error) => !(error >= 0 && Number.isFinite(error))))
          wrong(`${path}.${key}`, "must be finite and not negative");
      }
      return;
    case "line":
      finite("x", mark.x);
      finite(
        "y",
        mark.y.filter((value) => value !== null),
      );
      length("y", mark.y, mark.x.length);
      return;
    case "band":
      for (const key of ["x", "lower", "upper"] as const) {
        finite(key, mark[key]);
        length(key, mark[key], mark.x.length);
      }
      return;
    case "rule":
      finite("value", [mark.value]);
      return;
    case "region":
      mark.polygons.forEach(({ outer, holes }, i) => {
        const lost = [outer, ...holes].some((ring) =>
          ring.some(([x, y]) => !Number.isFinite(x) || !Number.isFinite(y)),
        );
        if (lost) wrong(`polygons[${i}]`, "must be finite numbers");
      });
      return;
    case "marker":
      finite("x", [mark.x]);
      finite("y", [mark.y]);
      return;
    case "text":
      if (typeof mark.at !== "string") finite("at", mark.at);
      return;
  }
}
