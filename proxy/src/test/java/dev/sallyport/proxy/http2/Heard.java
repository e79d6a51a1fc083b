package dev.sallyport.proxy.http2;

import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What an exchange tells, for a test's thread to look at. */
final class Heard implements UpstreamReceiver {

  final CompletableFuture<UpstreamHead> head = new CompletableFuture<>();
  final CompletableFuture<List<String>> end = new CompletableFuture<>();
  final CountDownLatch ready = new CountDownLatch(1);
  final CountDownLatch writable = new CountDownLatch(1);
  private final StringBuffer body = new StringBuffer();
  private volatile Runnable onReady = () -> {};
  private volatile Runnable onData = () -> {};

  Heard whenReady(Runnable action) {
    onReady = action;
    return this;
  }

  Heard whenData(Runnable action) {
    onData = action;
    return this;
  }

  String body() {
    return body.toString();
  }

  /** The trailers, when the response is whole. */
  List<String> whole() throws Exception {
    return end.get(5, TimeUnit.SECONDS);
  }

  UpstreamException failure() throws Exception {
    Throwable failed = end.handle((done, failure) -> failure).get(5, TimeUnit.SECONDS);
    if (failed instanceof UpstreamException cause) {
      return cause;
    }
    throw new AssertionError("not failed but: " + body, failed);
  }

  @Override
  public void ready() {
    ready.countDown();
    onReady.run();
  }

  @Override
  public void writable() {
    writable.countDown();
  }

  @Override
  public void head(UpstreamHead came) {
    if (!head.complete(came)) {
      throw new AssertionError("two heads");
    }
  }

  @Override
  public void switched(UpstreamHead came) {
    throw new AssertionError("switched");
  }

  @Override
  public void data(ByteBuf piece) {
    body.append(piece.toString(StandardCharsets.ISO_8859_1));
    piece.release();
    onData.run();
  }

  @Override
  public void idle() {}

  @Override
  public void ended(List<String> trailers) {
    if (!end.complete(trailers)) {
      throw new AssertionError("two ends");
    }
  }

  @Override
  public void failed(UpstreamException cause) {
    head.completeExceptionally(cause);
    if (!end.completeExceptionally(cause)) {
      throw new AssertionError("two ends", cause);
    }
  }
}
