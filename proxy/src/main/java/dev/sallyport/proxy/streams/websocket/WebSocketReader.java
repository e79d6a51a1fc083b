package dev.sallyport.proxy.streams.websocket;

import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.StreamReader;
import dev.sallyport.proxy.streams.UnreadBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * Reads one direction from bytes as they come. Payloads are handed on piece by piece, however long
 * their frames say they are: nothing but a head and a control frame (139 bytes) is kept. One
 * thread; {@link #close} when the connection is over.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.2">RFC 6455, 5.2</a>
 */
public final class WebSocketReader implements StreamReader {

  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int MAX_CONTROL = 125;

  private final UnreadBytes unread;
  private final boolean masked;
  private final WebSocketEvents events;
  private ByteBuf rest = Unpooled.EMPTY_BUFFER;
  private boolean inFrame;
  private boolean inMessage;
  private boolean last;
  private int opcode;
  private int mask;
  private long left;
  private boolean reading;
  private boolean closed;

  /**
   * @param masked whether a client is what is read: its frames are masked, a server's are not
   */
  public WebSocketReader(ByteBufAllocator buffers, boolean masked, WebSocketEvents events) {
    this.unread = new UnreadBytes(buffers);
    this.masked = masked;
    this.events = events;
  }

  @Override
  public void read(ByteBuf bytes) throws StreamException {
    if (closed) {
      bytes.release();
      return;
    }
    rest = unread.add(bytes);
    reading = true;
    try {
      boolean more = true;
      while (more && !closed) {
        more = inFrame ? payload() : head();
      }
    } finally {
      reading = false;
      unread.settle(closed);
    }
  }

  /** False when more bytes are needed. */
  private boolean head() throws StreamException {
    if (rest.readableBytes() < 2) {
      return false;
    }
    int at = rest.readerIndex();
    int first = rest.getUnsignedByte(at);
    int second = rest.getUnsignedByte(at + 1);
    int shortLength = second & 127;
    int extra = shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0;
    int size = 2 + extra + (masked ? 4 : 0);
    if (rest.readableBytes() < size) {
      return false;
    }
    left = length(at + 2, shortLength);
    mask = masked ? rest.getInt(at + 2 + extra) : 0;
    rest.skipBytes(size);
    check(first, (second & 128) != 0);
    begin();
    return true;
  }

  private long length(int at, int shortLength) throws StreamException {
    if (shortLength < 126) {
      return shortLength;
    }
    long length = shortLength == 126 ? rest.getUnsignedShort(at) : rest.getLong(at);
    if (length < (shortLength == 126 ? 126 : 65_536)) {
      throw new StreamException("a WebSocket frame's length is not in its shortest form");
    }
    return length;
  }

  private void check(int first, boolean isMasked) throws StreamException {
    last = (first & 128) != 0;
    opcode = first & 15;
    if ((first & 0x70) != 0) {
      throw new StreamException("a WebSocket frame uses an extension that nobody agreed on");
    }
    if (isMasked != masked) {
      throw new StreamException(
          "a WebSocket frame is " + (masked ? "not masked" : "masked by a server"));
    }
    switch (opcode) {
      case CONTINUATION -> require(inMessage, "continues no message");
      case TEXT, BINARY -> require(!inMessage, "begins a message amid another");
      case CLOSE, PING, PONG ->
          require(last && left <= MAX_CONTROL, "is a control frame in parts or too long");
      default -> throw new StreamException("a WebSocket frame has the unknown type " + opcode);
    }
  }

  private static void require(boolean holds, String otherwise) throws StreamException {
    if (!holds) {
      throw new StreamException("a WebSocket frame " + otherwise);
    }
  }

  private void begin() throws StreamException {
    inFrame = true;
    if (opcode == TEXT || opcode == BINARY) {
      inMessage = true;
      events.began(opcode == TEXT);
    }
  }

  private boolean payload() throws StreamException {
    boolean control = opcode >= CLOSE;
    if (left > 0 && (control ? rest.readableBytes() < left : !rest.isReadable())) {
      return false;
    }
    int size = (int) Math.min(left, rest.readableBytes());
    left -= size;
    if (control) {
      inFrame = false;
      control(unmasked(rest.readSlice(size)));
      return true;
    }
    if (size > 0) {
      events.piece(unmasked(rest.readRetainedSlice(size)));
    }
    if (left == 0 && !closed) {
      endOfFrame();
    }
    return true;
  }

  private void endOfFrame() throws StreamException {
    inFrame = false;
    if (last) {
      inMessage = false;
      events.ended();
    }
  }

  private void control(ByteBuf payload) throws StreamException {
    switch (opcode) {
      case PING -> events.ping(payload);
      case CLOSE -> events.closed();
      default -> {} // a pong needs no answer
    }
  }

  /** In place; the mask is turned so that it fits the next piece. */
  private ByteBuf unmasked(ByteBuf piece) {
    if (mask != 0) {
      mask = Masks.apply(piece, mask);
    }
    return piece;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (!reading) {
        unread.release();
      }
    }
  }
}
