// @ts-check
/** Bits and bytes -> numbers and texts, as sitegen/search/bits.py packs them. */

export class ByteReader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.place = 0;
  }

  /** The next number: groups of seven bits, the lowest first. */
  varint() {
    let number = 0;
    let factor = 1;
    for (;;) {
      if (this.place >= this.bytes.length) throw new RangeError("the file ends too early");
      const byte = this.bytes[this.place++];
      number += (byte & 0x7f) * factor;
      if (byte < 0x80) return number;
      factor *= 128;
    }
  }

  /** The next `length` bytes. @param {number} length */
  take(length) {
    if (this.place + length > this.bytes.length) throw new RangeError("the file ends too early");
    this.place += length;
    return this.bytes.subarray(this.place - length, this.place);
  }

  /** A reader of the part that comes next, which says its length first. */
  part() {
    return new ByteReader(this.take(this.varint()));
  }

  /**
   * Sorted strings, front-coded.
   * @param {number} count
   * @returns {string[]}
   */
  fronted(count) {
    const shared = this.part();
    const further = this.part();
    const text = this.part();
    const decoder = new TextDecoder();
    let before = new Uint8Array(0);
    return Array.from({ length: count }, () => {
      before = joined(before, shared.varint(), text.take(further.varint()));
      return decoder.decode(before);
    });
  }
}

/**
 * The first `length` of some bytes and others after them.
 * @param {Uint8Array} first
 * @param {number} length
 * @param {Uint8Array} others
 */
export function joined(first, length, others) {
  const both = new Uint8Array(length + others.length);
  both.set(first.subarray(0, length));
  both.set(others, length);
  return both;
}

export class BitReader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.place = 0;
  }

  /**
   * The next number: zeros up to a one say how often 2^parameter goes into it, `parameter` bits say the rest.
   * @param {number} parameter
   */
  rice(parameter) {
    const { bytes } = this;
    let place = this.place;
    let number = 0;
    for (;;) {
      if (place >> 3 >= bytes.length) throw new RangeError("the file ends too early");
      const rest = bytes[place >> 3] & (0xff >> (place & 7));
      if (rest) {
        const zeros = Math.clz32(rest) - 24;
        number += zeros - (place & 7);
        place = (place & ~7) + zeros + 1;
        break;
      }
      number += 8 - (place & 7);
      place = (place | 7) + 1;
    }
    for (let wanted = parameter; wanted > 0; ) {
      const free = 8 - (place & 7);
      const taken = Math.min(free, wanted);
      number = (number << taken) | ((bytes[place >> 3] >> (free - taken)) & ((1 << taken) - 1));
      place += taken;
      wanted -= taken;
    }
    this.place = place;
    return number;
  }
}
