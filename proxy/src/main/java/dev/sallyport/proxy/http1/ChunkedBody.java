package dev.sallyport.proxy.http1;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body in chunks (RFC 9112, section 7.1). Sizes are hexadecimal digits and nothing else; chunk
 * extensions may not quote, so that no line end can hide in them; trailers are fields like others.
 */
final class ChunkedBody implements ResponseBody {

  private static final int MAX_SIZE_LINE = 256;
  private static final int MAX_SIZE_DIGITS = 15;
  private static final int MAX_TRAILER_BYTES = 16 << 10;

  private enum State {
    SIZE,
    DATA,
    DATA_END,
    TRAILER,
    ENDED
  }

  private byte[] line = new byte[64];
  private int filled;
  private State state = State.SIZE;
  private long remaining;
  private int trailerBytes;
  private @Nullable List<String> trailers;

  @Override
  public @Nullable ByteBuf decode(ByteBuf in) {
    while (in.isReadable() && state != State.ENDED) {
      if (state == State.DATA) {
        return data(in);
      }
      control(in);
    }
    return null;
  }

  @Override
  public boolean ended() {
    return state == State.ENDED;
  }

  @Override
  public List<String> trailers() {
    List<String> all = trailers;
    return all == null ? List.of() : all;
  }

  private ByteBuf data(ByteBuf in) {
    int bytes = (int) Math.min(remaining, in.readableBytes());
    remaining -= bytes;
    if (remaining == 0) {
      state = State.DATA_END;
    }
    return in.readRetainedSlice(bytes);
  }

  /** Takes what stands between the data, as far as it has come. */
  private void control(ByteBuf in) {
    switch (state) {
      case SIZE -> {
        if (readLine(in, MAX_SIZE_LINE, "a chunk's size is too long")) {
          size(filled);
          filled = 0;
        }
      }
      case DATA_END -> {
        if (readLine(in, 0, "a chunk is longer than its size says")) {
          state = State.SIZE;
        }
      }
      default -> {
        if (readLine(in, MAX_TRAILER_BYTES - trailerBytes, "the trailers are too large")) {
          trailer(filled);
          filled = 0;
        }
      }
    }
  }

  private void size(int length) {
    int digits = 0;
    long size = 0;
    while (digits < length && Character.digit(line[digits], 16) >= 0) {
      size = size << 4 | Character.digit(line[digits], 16);
      digits++;
      if (digits > MAX_SIZE_DIGITS) {
        throw new MalformedResponse("a chunk is too large");
      }
    }
    if (digits == 0) {
      throw new MalformedResponse("a chunk has no size");
    }
    checkExtension(digits, length);
    remaining = size;
    state = size == 0 ? State.TRAILER : State.DATA;
  }

  private void checkExtension(int from, int to) {
    if (from < to && line[from] != ';') {
      throw new MalformedResponse("a chunk's size is not a number");
    }
    for (int i = from; i < to; i++) {
      boolean plain = line[i] >= ' ' && line[i] < 0x7f && line[i] != '"' || line[i] == '\t';
      if (!plain) {
        throw new MalformedResponse("a chunk extension is malformed");
      }
    }
  }

  private void trailer(int length) {
    if (length == 0) {
      state = State.ENDED;
      return;
    }
    trailerBytes += length + 2;
    int colon = FieldSyntax.nameEnd(line, 0, length);
    FieldName name = FieldName.of(line, 0, colon);
    String value = FieldSyntax.value(line, colon + 1, length);
    if (name.use() != FieldName.Use.PASSED) {
      return; // whatever frames has been said before
    }
    List<String> before = trailers;
    List<String> all = before == null ? new ArrayList<>() : before;
    trailers = all;
    all.add(name.text());
    all.add(value);
  }

  /**
   * Takes bytes up to a line's end; true when it has come, with {@link #filled} bytes of it in
   * {@link #line}.
   */
  private boolean readLine(ByteBuf in, int limit, String tooLong) {
    int start = in.readerIndex();
    int searchable = Math.min(in.readableBytes(), limit + 2 - filled);
    int end = in.indexOf(start, start + searchable, (byte) '\n');
    int bytes = end < 0 ? searchable : end - start + 1;
    if (line.length < filled + bytes) {
      line = Arrays.copyOf(line, Math.max(2 * line.length, filled + bytes));
    }
    in.readBytes(line, filled, bytes);
    filled += bytes;
    if (end < 0) {
      if (filled >= limit + 2) {
        throw new MalformedResponse(tooLong);
      }
      return false;
    }
    filled -= 2;
    if (filled < 0 || line[filled] != '\r') {
      throw new MalformedResponse("a line between chunks ends without a carriage return");
    }
    return true;
  }
}
