package dev.sallyport.resources.codec.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Protobuf's wire format into a growing buffer. Messages are written in place: one byte is kept for
 * their length, and what follows moves when the length needs more.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>
 */
final class WireWriter {

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private byte[] buffer;
  private int size;

  WireWriter(int capacity) {
    buffer = new byte[Math.max(capacity, 64)];
  }

  byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  int size() {
    return size;
  }

  void raw(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  void tag(int number, int wireType) {
    varint(((long) number << 3) | wireType);
  }

  void varint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
  }

  void fixed64(long value) {
    ensure(8);
    for (int shift = 0; shift < Long.SIZE; shift += 8) {
      buffer[size++] = (byte) (value >>> shift);
    }
  }

  void bytes(int number, byte[] bytes) {
    tag(number, BYTES);
    varint(bytes.length);
    raw(bytes);
  }

  void text(int number, String text) {
    bytes(number, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Starts a message; the answer is for {@link #end}. */
  int begin(int number) {
    tag(number, BYTES);
    ensure(1);
    size++;
    return size;
  }

  void end(int start) {
    int length = size - start;
    int more = lengthBytes(length) - 1;
    if (more > 0) {
      ensure(more);
      System.arraycopy(buffer, start, buffer, start + more, length);
    }
    size = start - 1;
    varint(length);
    size += length;
  }

  /** Takes back everything from an earlier {@link #size} on. */
  void truncate(int earlier) {
    size = earlier;
  }

  private static int lengthBytes(int length) {
    int bytes = 1;
    for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
      bytes++;
    }
    return bytes;
  }

  private void ensure(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}
