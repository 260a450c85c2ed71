/** Path data as the path operators of PDF (ISO 32000-1, 8.5.2). */
import { decimal } from "./path.ts";

/** Numbers that each command takes. */
const ARGUMENTS: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, Q: 4, Z: 0 };

/**
 * Path data as PDF operators `m l c h`.
 * @param data SVG path data of the commands M L H V C Q Z, absolute or relative; repeated arguments repeat the command
 * @param digits decimals kept
 * @returns operators one per line, with a final newline; nothing for an empty path
 * @throws Error for a command or number that cannot be drawn
 */
export function pathOperators(data: string, digits = 2): string {
  const line = (operator: string, ...numbers: readonly number[]): string =>
    `${numbers.map((one) => decimal(one, digits)).join(" ")} ${operator}\n`;
  const tokens = data.match(/[a-zA-Z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g) ?? [];
  let operators = "";
  let [x, y] = [0, 0];
  let [startX, startY] = [0, 0];
  let command = "";
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i] as string;
    if (/[a-zA-Z]/.test(token)) {
      command = token;
      i++;
    } else if (command === "M" || command === "m") {
      // Further points of a move are lines (SVG 2, 9.3.3).
      command = command === "M" ? "L" : "l";
    }
    const kind = command.toUpperCase();
    const count = ARGUMENTS[kind];
    const numbers = tokens.slice(i, i + (count ?? 0)).map(Number);
    if (count === undefined || numbers.length < count || numbers.some((one) => !Number.isFinite(one)))
      throw new Error(`cannot draw the path "${data}"`);
    if (count === 0 && i < tokens.length && !/[a-zA-Z]/.test(tokens[i] as string))
      throw new Error(`cannot draw the path "${data}"`);
    i += count;
    const relative = command !== kind;
    const atX = (k: number): number => numbers[k]! + (relative ? x : 0);
    const atY = (k: number): number => numbers[k]! + (relative ? y : 0);
    switch (kind) {
      case "M":
        [x, y] = [atX(0), atY(1)];
        [startX, startY] = [x, y];
        operators += line("m", x, y);
        break;
      case "L":
        [x, y] = [atX(0), atY(1)];
        operators += line("l", x, y);
        break;
      case "H":
        x = atX(0);
        operators += line("l", x, y);
        break;
      case "V":
        y = atY(0);
        operators += line("l", x, y);
        break;
      case "C": {
        const [endX, endY] = [atX(4), atY(5)];
        operators += line("c", atX(0), atY(1), atX(2), atY(3), endX, endY);
        [x, y] = [endX, endY];
        break;
      }
      case "Q": {
        const [controlX, controlY, endX, endY] = [atX(0), atY(1), atX(2), atY(3)];
        // The same curve as a cubic one: two thirds of the way to the control point from either end.
        operators += line(
          "c",
          x + (2 / 3) * (controlX - x),
          y + (2 / 3) * (controlY - y),
          endX + (2 / 3) * (controlX - endX),
          endY + (2 / 3) * (controlY - endY),
          endX,
          endY,
        );
        [x, y] = [endX, endY];
        break;
      }
      default:
        [x, y] = [startX, startY];
        operators += "h\n";
    }
  }
  return operators;
}
