package dev.sallyport.proxy.balance;

import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Remembers how an exchange went. */
final class Outcome implements UpstreamReceiver {

  int readies;
  final CompletableFuture<Integer> status = new CompletableFuture<>();
  final CompletableFuture<UpstreamException> failure = new CompletableFuture<>();

  @Override
  public void ready() {
    readies++;
  }

  @Override
  public void writable() {}

  @Override
  public void head(UpstreamHead head) {
    status.complete(head.status());
  }

  @Override
  public void switched(UpstreamHead head) {
    status.complete(head.status());
  }

  @Override
  public void data(ByteBuf piece) {
    piece.release();
  }

  @Override
  public void idle() {}

  @Override
  public void ended(List<String> trailers) {}

  @Override
  public void failed(UpstreamException cause) {
    failure.complete(cause);
  }
}
