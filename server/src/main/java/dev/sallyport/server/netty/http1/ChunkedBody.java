package dev.sallyport.server.netty.http1;

import static dev.sallyport.server.netty.exchange.StatusResponse.badRequest;

import dev.sallyport.server.netty.exchange.HeaderLines;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body in chunks (RFC 9112, section 7.1). Sizes are hexadecimal digits and nothing else; chunk
 * extensions may not quote, so that no line end can hide in them; trailers are fields like others.
 */
final class ChunkedBody implements BodyDecoder {

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

  private byte[] line = new byte[MAX_SIZE_LINE];
  private State state = State.SIZE;
  private long remaining;
  private int trailerBytes;
  private @Nullable HeaderLines trailers;

  @Override
  public @Nullable ByteBuf decode(ByteBuf in) {
    while (true) {
      switch (state) {
        case DATA -> {
          return data(in);
        }
        case ENDED -> {
          return null;
        }
        default -> {
          if (!control(in)) {
            return null;
          }
        }
      }
    }
  }

  @Override
  public boolean ended() {
    return state == State.ENDED;
  }

  @Override
  public long remaining() {
    return -1;
  }

  private @Nullable ByteBuf data(ByteBuf in) {
    int bytes = (int) Math.min(remaining, in.readableBytes());
    if (bytes == 0) {
      return null;
    }
    remaining -= bytes;
    if (remaining == 0) {
      state = State.DATA_END;
    }
    return in.readRetainedSlice(bytes);
  }

  /** Reads what stands between the data; false when it is not all there. */
  private boolean control(ByteBuf in) {
    return switch (state) {
      case SIZE -> size(in);
      case DATA_END -> dataEnd(in);
      default -> trailer(in);
    };
  }

  private boolean dataEnd(ByteBuf in) {
    if (in.readableBytes() < 2) {
      return false;
    }
    if (in.readShort() != 0x0d0a) {
      throw badRequest("a chunk is longer than its size says");
    }
    state = State.SIZE;
    return true;
  }

  private boolean size(ByteBuf in) {
    int length = readLine(in, MAX_SIZE_LINE);
    if (length < 0) {
      return false;
    }
    int digits = 0;
    long size = 0;
    while (digits < length && Character.digit(line[digits], 16) >= 0) {
      size = size << 4 | Character.digit(line[digits], 16);
      digits++;
    }
    if (digits == 0 || digits > MAX_SIZE_DIGITS) {
      throw badRequest("a chunk has no size");
    }
    checkExtension(digits, length);
    remaining = size;
    state = size == 0 ? State.TRAILER : State.DATA;
    return true;
  }

  private void checkExtension(int from, int to) {
    if (from < to && line[from] != ';') {
      throw badRequest("a chunk's size is not a number");
    }
    for (int i = from; i < to; i++) {
      boolean plain = line[i] >= ' ' && line[i] < 0x7f && line[i] != '"' || line[i] == '\t';
      if (!plain) {
        throw badRequest("a chunk extension is malformed");
      }
    }
  }

  private boolean trailer(ByteBuf in) {
    int length = readLine(in, MAX_TRAILER_BYTES);
    if (length < 0) {
      return false;
    }
    trailerBytes += length + 2;
    if (trailerBytes > MAX_TRAILER_BYTES) {
      throw badRequest("the trailers are too large");
    }
    if (length == 0) {
      state = State.ENDED;
    } else {
      HeaderLines before = trailers;
      HeaderLines all = before == null ? new HeaderLines() : before;
      trailers = all;
      FieldSyntax.addField(all, line, length, null);
    }
    return true;
  }

  @Override
  public List<String> trailers() {
    HeaderLines all = trailers;
    return all == null ? List.of() : all.asList();
  }

  /** The next line's length without its CRLF, or -1; its bytes are in {@link #line}. */
  private int readLine(ByteBuf in, int limit) {
    int start = in.readerIndex();
    int searchable = Math.min(in.readableBytes(), limit + 2);
    int end = in.indexOf(start, start + searchable, (byte) '\n');
    if (end < 0) {
      if (searchable == limit + 2) {
        throw badRequest("a line between chunks is too long");
      }
      return -1;
    }
    int length = end - start - 1;
    if (length < 0 || in.getByte(end - 1) != '\r' || in.indexOf(start, end - 1, (byte) '\r') >= 0) {
      throw badRequest("a line between chunks ends without a carriage return");
    }
    if (length > line.length) {
      line = new byte[length];
    }
    in.getBytes(start, line, 0, length);
    in.readerIndex(end + 1);
    return length;
  }
}
