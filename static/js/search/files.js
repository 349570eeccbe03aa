// @ts-check
/** Reads the index's files: fetched once, checked, unpacked. A file that is not what its name says is an error. */

import { ByteReader } from "./bits.js";

/** @typedef {(path: string) => Promise<Uint8Array>} Load */

const KEPT = 400;
const NAME_BYTES = 5;

export class Files {
  /** @param {Load} load reads the bytes at a path below the index's folder, or throws */
  constructor(load) {
    this.load = load;
    /** @type {Map<string, Promise<Uint8Array>>} */
    this.reading = new Map();
  }

  /**
   * The unpacked content of a file.
   * @param {string} name
   * @returns {Promise<Uint8Array>}
   */
  read(name) {
    const known = this.reading.get(name);
    if (known) return known;
    const reading = this.load(`${name}.bin`).then(unpack).then((content) => check(name, content));
    if (this.reading.size >= KEPT) this.reading.delete(String(this.reading.keys().next().value));
    this.reading.set(name, reading);
    reading.catch(() => this.reading.delete(name));
    return reading;
  }

  /**
   * The root, which names all other files; with the recent shard and, in small archives, what is known of all texts.
   * @returns {Promise<any>}
   */
  async root() {
    const reader = new ByteReader(await unpack(await this.load("root.bin")));
    const described = parseJson(reader.part().bytes);
    return { ...described, recent: reader.part().bytes, inline: reader.part().bytes };
  }
}

/** @param {Uint8Array} content */
export function parseJson(content) {
  return JSON.parse(new TextDecoder().decode(content));
}

/**
 * Undoes gzip, unless the server did so on the way.
 * @param {Uint8Array} bytes
 */
async function unpack(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * What follows a file's name and length, which say that it is the one that was asked for, and whole.
 * @param {string} name
 * @param {Uint8Array} content
 */
function check(name, content) {
  const reader = new ByteReader(content);
  const own = Array.from(reader.take(NAME_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const rest = reader.part();
  if (own !== name || reader.place < content.length) throw new Error(`${name}: not what was published under this name`);
  return rest.bytes;
}

/**
 * Loads over the network.
 * @param {string} folder the address of the index's folder, ending in "/"
 * @returns {Load}
 */
export function fromNetwork(folder) {
  return async (path) => {
    const response = await fetch(folder + path, path === "root.bin" ? { cache: "no-cache" } : {});
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
}
