/** Entry of a worker that only says that workers start. */

postMessage("alive");
