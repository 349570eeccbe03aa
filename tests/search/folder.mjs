// Loads the index's files from a folder.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

export const fromFolder = (folder) => async (path) => new Uint8Array(await readFile(join(folder, path)));
