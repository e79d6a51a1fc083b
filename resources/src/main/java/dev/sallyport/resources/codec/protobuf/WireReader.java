package dev.sallyport.resources.codec.protobuf;

import dev.sallyport.resources.codec.canonical.DecodeFailure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads protobuf's wire format from a part of an array; whatever is wrong is a DecodeFailure. */
final class WireReader {

  private final byte[] bytes;
  private final int end;
  private int at;
  private int wireType;

  WireReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean hasMore() {
    return at < end;
  }

  boolean isEmpty() {
    return at == end;
  }

  /** The next field's number; its wire type is remembered. */
  int number() {
    long tag = varint();
    wireType = (int) (tag & 7);
    long number = tag >>> 3;
    if (number <= 0 || number > Integer.MAX_VALUE) {
      throw new DecodeFailure("proto: illegal tag " + number + " (wire type " + wireType + ")");
    }
    return (int) number;
  }

  int wireType() {
    return wireType;
  }

  void expect(int wanted, String field) {
    if (wireType != wanted) {
      throw new DecodeFailure("proto: wrong wireType = " + wireType + " for field " + field);
    }
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = next();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new DecodeFailure("proto: integer overflow");
  }

  private byte next() {
    if (at >= end) {
      throw new DecodeFailure("unexpected EOF");
    }
    return bytes[at++];
  }

  long fixed64() {
    int from = advance(8);
    return ByteBuffer.wrap(bytes, from, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** The message, string or packed list that stands here. */
  WireReader nested() {
    int length = length();
    int from = advance(length);
    return new WireReader(bytes, from, from + length);
  }

  byte[] rest() {
    byte[] copy = Arrays.copyOfRange(bytes, at, end);
    at = end;
    return copy;
  }

  String text() {
    int length = length();
    int from = advance(length);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new DecodeFailure("proto: string field contains invalid UTF-8");
    }
  }

  void skip() {
    switch (wireType) {
      case WireWriter.VARINT -> varint();
      case WireWriter.FIXED64 -> advance(8);
      case WireWriter.BYTES -> advance(length());
      case WireWriter.FIXED32 -> advance(4);
      default -> throw new DecodeFailure("proto: illegal wireType " + wireType);
    }
  }

  private int length() {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new DecodeFailure(
          length < 0 ? "proto: negative length found during unmarshaling" : "unexpected EOF");
    }
    return (int) length;
  }

  private int advance(int length) {
    if (length > end - at) {
      throw new DecodeFailure("unexpected EOF");
    }
    int from = at;
    at += length;
    return from;
  }
}
