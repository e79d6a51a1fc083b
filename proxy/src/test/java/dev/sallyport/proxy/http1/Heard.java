package dev.sallyport.proxy.http1;

import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what an exchange says. */
final class Heard implements UpstreamReceiver {

  private final StringBuilder body = new StringBuilder();
  private @Nullable UpstreamHead head;
  private @Nullable List<String> trailers;
  private @Nullable UpstreamException failure;
  final CompletableFuture<Void> ready = new CompletableFuture<>();
  final CompletableFuture<UpstreamHead> switched = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  Heard over() throws Exception {
    over.get(20, TimeUnit.SECONDS);
    return this;
  }

  int status() {
    return head == null ? -1 : head.status();
  }

  List<String> lines() {
    return head == null ? List.of() : head.lines();
  }

  String body() {
    return body.toString();
  }

  @Nullable List<String> trailers() {
    return trailers;
  }

  UpstreamException.@Nullable Kind failure() {
    return failure == null ? null : failure.kind();
  }

  @Override
  public void ready() {
    ready.complete(null);
  }

  @Override
  public void writable() {}

  @Override
  public void head(UpstreamHead given) {
    head = given;
  }

  @Override
  public void switched(UpstreamHead given) {
    head = given;
    switched.complete(given);
  }

  @Override
  public void data(ByteBuf piece) {
    body.append(piece.toString(StandardCharsets.ISO_8859_1));
    piece.release();
  }

  @Override
  public void idle() {}

  @Override
  public void ended(List<String> fields) {
    trailers = fields;
    over.complete(null);
  }

  @Override
  public void failed(UpstreamException cause) {
    failure = cause;
    over.complete(null);
  }
}
