package dev.sallyport.proxy.streams.spdy;

import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.spdy.SpdyFrameDecoderDelegate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes events of what the decoder reads; deaf after the first fault. */
final class FrameListener implements SpdyFrameDecoderDelegate {

  private enum Block {
    OPENS,
    REPLIES,
    ADDS
  }

  /** What is done with one event. */
  private interface Step {
    void run() throws StreamException;
  }

  private final SpdyEvents events;
  private final HeaderInflater headers = new HeaderInflater();
  private @Nullable StreamException fault;
  private Block block = Block.ADDS;
  private int stream;
  private boolean last;
  private boolean closed;

  FrameListener(SpdyEvents events) {
    this.events = events;
  }

  /** Throws the first fault. */
  void check() throws StreamException {
    if (fault != null) {
      throw fault;
    }
  }

  void close() {
    closed = true;
    headers.close();
  }

  private void tell(Step step) {
    if (fault != null || closed) {
      return;
    }
    try {
      step.run();
    } catch (StreamException e) {
      fault = e;
    }
  }

  @Override
  public void readDataFrame(int of, boolean isLast, ByteBuf data) {
    if (fault != null || closed) {
      data.release();
    } else {
      tell(() -> events.data(of, data, isLast));
    }
  }

  @Override
  public void readSynStreamFrame(
      int opened, int parent, byte priority, boolean isLast, boolean unidirectional) {
    begin(Block.OPENS, opened, isLast);
    if (unidirectional) {
      readFrameError("a SPDY stream of one direction");
    }
  }

  @Override
  public void readSynReplyFrame(int of, boolean isLast) {
    begin(Block.REPLIES, of, isLast);
  }

  @Override
  public void readHeadersFrame(int of, boolean isLast) {
    begin(Block.ADDS, of, isLast);
  }

  private void begin(Block next, int of, boolean isLast) {
    block = next;
    stream = of;
    last = isLast;
  }

  @Override
  public void readHeaderBlock(ByteBuf part) {
    try {
      tell(() -> headers.add(part));
    } finally {
      part.release();
    }
  }

  @Override
  public void readHeaderBlockEnd() {
    tell(
        () -> {
          Map<String, String> read = headers.end();
          switch (block) {
            case OPENS -> events.opened(stream, last, read);
            case REPLIES -> events.replied(stream, last);
            case ADDS -> {
              if (last) {
                events.ended(stream);
              }
            }
          }
        });
  }

  @Override
  public void readRstStreamFrame(int of, int status) {
    tell(() -> events.reset(of));
  }

  @Override
  public void readPingFrame(int id) {
    tell(() -> events.ping(id));
  }

  @Override
  public void readGoAwayFrame(int lastGood, int status) {
    tell(events::goneAway);
  }

  @Override
  public void readFrameError(String message) {
    tell(
        () -> {
          throw new StreamException("broken SPDY: " + message);
        });
  }

  @Override
  public void readSettingsFrame(boolean clearPersisted) {
    tell(events::countsWindows);
  }

  @Override
  public void readSetting(int id, int value, boolean persist, boolean persisted) {}

  @Override
  public void readSettingsEnd() {}

  @Override
  public void readWindowUpdateFrame(int of, int delta) {
    tell(events::countsWindows);
  }
}
