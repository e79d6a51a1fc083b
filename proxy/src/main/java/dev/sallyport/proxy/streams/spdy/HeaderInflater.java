package dev.sallyport.proxy.streams.spdy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks the header blocks of one direction, which are one zlib stream. Both sides of a block are
 * bounded, so that a few bytes cannot become gigabytes. One thread.
 */
final class HeaderInflater {

  /** Kubernetes sends three short headers. */
  private static final int MAX_PACKED = 4096;

  private static final int MAX_UNPACKED = 16_384;
  private static final int MAX_HEADERS = 32;

  private final Inflater inflater = new Inflater();
  private byte[] unpacked = new byte[512];
  private int length;
  private int packed;

  /** A part of the current block. */
  void add(ByteBuf part) throws StreamException {
    packed += part.readableBytes();
    if (packed > MAX_PACKED) {
      throw new StreamException("a SPDY header block is larger than " + MAX_PACKED + " bytes");
    }
    inflater.setInput(ByteBufUtil.getBytes(part));
    part.skipBytes(part.readableBytes());
    try {
      inflate();
    } catch (DataFormatException | IllegalArgumentException e) {
      throw new StreamException("a SPDY header block cannot be unpacked", e);
    }
  }

  private void inflate() throws DataFormatException, StreamException {
    while (true) {
      int read = inflater.inflate(unpacked, length, unpacked.length - length);
      length += read;
      if (read == 0 && inflater.needsDictionary()) {
        inflater.setDictionary(HeaderDictionary.bytes());
      } else if (length == unpacked.length) {
        grow();
      } else if (read == 0) {
        return;
      }
    }
  }

  private void grow() throws StreamException {
    if (length == MAX_UNPACKED) {
      throw new StreamException("SPDY headers unpack to more than " + MAX_UNPACKED + " bytes");
    }
    unpacked = Arrays.copyOf(unpacked, length * 2);
  }

  /** The block is complete. */
  Map<String, String> end() throws StreamException {
    ByteBuffer block = ByteBuffer.wrap(unpacked, 0, length);
    length = 0;
    packed = 0;
    if (!block.hasRemaining()) {
      return Map.of(); // how Netty writes no headers
    }
    try {
      return parse(block);
    } catch (BufferUnderflowException e) {
      throw new StreamException("a SPDY header block ends too early", e);
    }
  }

  private static Map<String, String> parse(ByteBuffer block) throws StreamException {
    int count = block.getInt();
    if (count < 0 || count > MAX_HEADERS) {
      throw new StreamException("a SPDY frame has " + count + " headers");
    }
    Map<String, String> headers = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String name = text(block);
      if (name.isEmpty() || !name.equals(name.toLowerCase(Locale.ROOT))) {
        throw new StreamException("a SPDY header's name is empty or not in lower case");
      }
      if (headers.put(name, text(block)) != null) {
        throw new StreamException("a SPDY header comes twice");
      }
    }
    if (block.hasRemaining()) {
      throw new StreamException("a SPDY header block is longer than its headers");
    }
    return headers;
  }

  private static String text(ByteBuffer block) {
    int size = block.getInt();
    if (size < 0 || size > block.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[size];
    block.get(bytes);
    return new String(bytes, ISO_8859_1);
  }

  void close() {
    inflater.end();
  }
}
