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

  /** The numbers of the part that comes next. */
  numbers() {
    const part = this.part();
    const numbers = [];
    while (part.place < part.bytes.length) numbers.push(part.varint());
    return numbers;
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
    let before = new Uint8Array(0);
    return Array.from({ length: count }, () => {
      before = joined(before.subarray(0, shared.varint()), text.take(further.varint()));
      return decode(before);
    });
  }

  /**
   * Texts that stand beside keys: for each key a list.
   * @param {string[]} keys those that have any
   * @returns {string[][]}
   */
  beside(keys) {
    const [counts, front, back, before, after] = [this.part(), this.part(), this.part(), this.part(), this.part()];
    const text = this.part();
    const encoder = new TextEncoder();
    return keys.map((key) => {
      const bytes = encoder.encode(key);
      return Array.from({ length: counts.varint() }, () => {
        const kept = bytes.subarray(front.varint(), bytes.length - back.varint());
        return decode(joined(text.take(before.varint()), kept, text.take(after.varint())));
      });
    });
  }
}

/** @param {...Uint8Array} parts */
function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** @param {Uint8Array} bytes */
function decode(bytes) {
  return decoder.decode(bytes);
}

/**
 * A value from its distance from the middle: odd below it, even from it on.
 * @param {number} distance
 * @param {number} middle
 */
export function fromMiddle(distance, middle) {
  return distance & 1 ? middle - (distance + 1) / 2 : middle + distance / 2;
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
