package dev.sallyport.server.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A response's body or a tunnel that keeps what is written, and is writable as long as the test
 * says so.
 */
public final class FakeStream implements Tunnel {

  private final ManualLoop loop;
  private final List<Runnable> onWritable = new ArrayList<>();
  private final List<Runnable> onClosed = new ArrayList<>();
  private final StringBuilder written = new StringBuilder();
  private boolean writable = true;
  private boolean oneAtATime;
  private boolean ended;
  private boolean aborted;
  private TunnelEnd endedBy = TunnelEnd.CLIENT;
  private RequestBody.@Nullable Sink reader;

  public FakeStream(ManualLoop loop) {
    this.loop = loop;
  }

  /** What was written since the last call. */
  public String take() {
    String text = written.toString();
    written.setLength(0);
    return text;
  }

  public FakeStream writable(boolean value) {
    writable = value;
    if (value) {
      onWritable.forEach(Runnable::run);
    }
    return this;
  }

  /** From now on each piece written makes it unwritable until the test says otherwise. */
  public void acceptingOneAtATime() {
    oneAtATime = true;
  }

  public void clientGone() {
    onClosed.forEach(Runnable::run);
  }

  public boolean ended() {
    return ended;
  }

  public boolean aborted() {
    return aborted;
  }

  /** Who reads what the client sends through the tunnel; null until somebody does. */
  public RequestBody.@Nullable Sink reader() {
    return reader;
  }

  @Override
  public long bytesFromClient() {
    return 3;
  }

  @Override
  public long bytesToClient() {
    return 5;
  }

  @Override
  public TunnelEnd endedBy() {
    return endedBy;
  }

  @Override
  public void read(RequestBody.Sink from) {
    reader = from;
  }

  @Override
  public Executor loop() {
    return loop;
  }

  @Override
  public boolean writable() {
    return writable;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    written.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
    writable &= !oneAtATime;
  }

  @Override
  public void write(ByteBuf piece) {
    written.append(piece.toString(StandardCharsets.UTF_8));
    piece.release();
  }

  @Override
  public void flush() {}

  @Override
  public void end() {
    ended = true;
    onClosed.forEach(Runnable::run);
  }

  @Override
  public void abort(@Nullable Throwable cause) {
    aborted = true;
    if (cause instanceof StreamCut cut) {
      endedBy = cut.end();
    }
    onClosed.forEach(Runnable::run);
  }

  @Override
  public void onWritable(Runnable action) {
    onWritable.add(action);
  }

  @Override
  public void onClosed(Runnable action) {
    onClosed.add(action);
  }
}
